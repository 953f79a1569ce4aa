package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs commands of the program, each as a process of its own.
///
/// @param folder for what they say
/// @param variables to set in their environment
record Program(Path folder, Map<String, String> variables) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    record Ran(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    Ran run(Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /// A command that goes on until it is ended.
    final class Running implements AutoCloseable {
        private final Process process;

        private Running(Process process) {
            this.process = process;
        }

        String said() throws IOException {
            return Files.readString(folder.resolve("out"));
        }

        /// Ctrl-C.
        Ran interrupt() throws IOException, InterruptedException {
            int code =
                    new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor();
            assertThat(code).as("kill -INT").isZero();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Ran(process.exitValue(), said(), Files.readString(folder.resolve("err")));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /// Starts a command as a shell would that a person sits before: SIGINT is not ignored, even if it is
    /// here.
    Running start(Object... arguments) throws IOException {
        ProcessBuilder builder = builder(arguments);
        builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        return new Running(
                builder.redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start());
    }

    private ProcessBuilder builder(Object... arguments) {
        List<String> command = TestJava.program(List.of("-Xmx256m"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ALIBABA_CLOUD_"));
        builder.environment().putAll(variables);
        return builder;
    }
}
