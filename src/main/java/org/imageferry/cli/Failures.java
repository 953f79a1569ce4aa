package org.imageferry.cli;

import java.io.IOException;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Tells people what went wrong: in one line what was tried, why it failed and what to do.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;
    static final int INTERRUPTED = 130;

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InterruptedCommand || surroundings.interruption().happened()) {
            return INTERRUPTED;
        }
        String attempt =
                command.getCommand() instanceof FerryCommand ferry ? ferry.attempt() : "go on";
        surroundings.say("imageferry: cannot " + attempt + ": " + explain(failure));
        if (!(failure instanceof EcsFailure
                || failure instanceof CommandFailure
                || failure instanceof IOException)) {
            failure.printStackTrace(surroundings.err());
        }
        return FAILED;
    }

    /// Why it failed, and what to do.
    static String explain(Exception failure) {
        return switch (failure) {
            case EcsFailure ecs -> explain(ecs);
            case CommandFailure command -> String.valueOf(command.getMessage());
            case java.nio.file.NoSuchFileException file ->
                    "there is no file " + file.getFile() + "; check the path";
            case java.nio.file.AccessDeniedException file ->
                    file.getFile() + " is not yours to open; check its permissions";
            case IOException io -> String.valueOf(io.getMessage());
            default -> "this is a fault of the program itself (" + failure + "); please report it";
        };
    }

    private static String explain(EcsFailure failure) {
        if (failure.status() == 0) {
            return failure.reason() + "; " + Advice.on(failure.code());
        }
        String request = failure.requestId().map(id -> ", request " + id).orElse("");
        String recommend = failure.recommend().map(it -> ": " + withoutDot(it)).orElse("");
        return "%s (%s%s)%s; %s"
                .formatted(
                        withoutDot(failure.reason()),
                        failure.code(),
                        request,
                        recommend,
                        Advice.on(failure.code()));
    }

    private static String withoutDot(String sentence) {
        return sentence.replaceFirst("[.]$", "");
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (args.length == 0) {
            command.usage(surroundings.err());
            return NOT_UNDERSTOOD;
        }
        String name = command.getCommandSpec().qualifiedName();
        surroundings.say("imageferry: %s; see '%s --help'".formatted(failure.getMessage(), name));
        return NOT_UNDERSTOOD;
    }
}
