package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.imageferry.cli.Interruption.Guard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "serve", description = "Runs the server until it is told to end (Ctrl-C, SIGTERM).")
final class ServeCommand extends FerryCommand {
    /// Where a browser finds the pages for people.
    static final String CONSOLE = "/console/";

    @Option(names = "--config", paramLabel = "FILE", description = "Its configuration file.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where it answers; port 0 takes a free one. Default: 127.0.0.1:8440.")
    private String listen = "127.0.0.1:8440";

    @Option(
            names = "--plain-http",
            description =
                    "Speak HTTP without TLS to other machines, too: behind a proxy that speaks TLS, or in a"
                            + " network that you trust.")
    private boolean plainHttp;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            description =
                    "How the log is written: text or json; else IMAGEFERRY_LOG. Default: text.")
    private Optional<LogFormat> log = Optional.empty();

    @Override
    String attempt() {
        return "serve on " + listen;
    }

    @Override
    int run() throws IOException, CommandFailure {
        logFormat().use();
        Path data = program().data().orElse(Path.of("data"));
        Running server =
                program().starter().start(new ServeOptions(data, config, listen, plainHttp));
        try (Guard _ = program().surroundings().interruption().onInterrupt(server::stop)) {
            program()
                    .print(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("Endpoint", server.endpoint())
                                    .put("Console", server.endpoint() + CONSOLE),
                            new Table("imageferry serving on " + server.endpoint())
                                    .row("console: " + server.endpoint() + CONSOLE));
            server.awaitStop();
        }
        return 0;
    }

    /// As the command line says, else the environment.
    private LogFormat logFormat() throws CommandFailure {
        if (log.isPresent()) {
            return log.get();
        }
        Map<String, String> environment = program().surroundings().environment();
        String name = environment.getOrDefault(LogFormat.VARIABLE, LogFormat.text.name());
        try {
            return LogFormat.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    LogFormat.VARIABLE + " is '" + name + "': set it to text or json", e);
        }
    }
}
