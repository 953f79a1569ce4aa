package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real server, as a process of its own, so that it can be killed.
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "imageferry serving on ";

    private final Process process;
    private final Thread output;
    private final Thread errors;
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    private final CountDownLatch spoke = new CountDownLatch(1);

    private ServerProcess(Process process) {
        this.process = process;
        this.output = reader("output", process.getInputStream(), said);
        this.errors = reader("errors", process.getErrorStream(), logged);
    }

    /// Starts the server over a data folder, on any free port.
    static ServerProcess launch(Path data, String... options) throws IOException {
        return launchAt("127.0.0.1:0", data, options);
    }

    static ServerProcess launchAt(String listen, Path data, String... options) throws IOException {
        return launch(listen, data, Map.of(), List.of(), options);
    }

    /// @param variables to set in its environment
    /// @param javaOptions for its Java, beside the usual
    static ServerProcess launch(
            String listen,
            Path data,
            Map<String, String> variables,
            List<String> javaOptions,
            String... options)
            throws IOException {
        List<String> java = new ArrayList<>(List.of("-Xmx512m"));
        java.addAll(javaOptions);
        List<String> command = TestJava.program(java);
        command.addAll(List.of("serve", "--data", data.toString(), "--listen", listen));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ALIBABA_CLOUD_"));
        builder.environment().putAll(variables);
        return new ServerProcess(builder.start());
    }

    private Thread reader(String name, InputStream stream, ConcurrentLinkedQueue<String> lines) {
        Runnable read =
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(
                                    new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        reader.lines()
                                .forEach(line -> {
                                    lines.add(line);
                                    if (line.startsWith(READY)) {
                                        spoke.countDown();
                                    }
                                });
                    } catch (IOException | java.io.UncheckedIOException e) {
                        // the process is gone, and what it said last with it
                    }
                };
        return Thread.ofPlatform().daemon().name("server-" + name).start(read);
    }

    /// Waits until the server answers requests.
    ///
    /// @return this
    ServerProcess ready() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!spoke.await(20, TimeUnit.MILLISECONDS)) {
            assertThat(process.isAlive()).as("the server ended at once: %s", logged).isTrue();
            assertThat(System.nanoTime())
                    .as("the server did not start: %s", logged)
                    .isLessThan(end);
        }
        return this;
    }

    String endpoint() {
        return said.stream()
                .filter(line -> line.startsWith(READY))
                .map(line -> line.substring(READY.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    int port() {
        String endpoint = endpoint();
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Waits so long for the process to end.
    ///
    /// @return whether it did
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// SIGSTOP: it does nothing any more, and nobody is told.
    void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /// SIGCONT: it goes on as if no time had passed.
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code =
                new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        assertThat(code).as("kill %s", signal).isZero();
    }

    /// kill -9. Returns when nothing of the process is left, with all that it logged.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /// SIGTERM.
    ///
    /// @return the exit code; empty if it did not end in time
    Optional<Integer> terminate(Duration patience) throws InterruptedException {
        boolean _ = process.toHandle().destroy(); // which leaves its output to be read
        if (!endsWithin(patience)) {
            return Optional.empty();
        }
        return Optional.of(awaitEnd());
    }

    /// @return the exit code of a server that ends by itself
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the server ended: %s", logged)
                .isTrue();
        output.join(PATIENCE);
        errors.join(PATIENCE);
        return process.exitValue();
    }

    /// What it wrote to standard error so far, line by line.
    List<String> log() {
        return List.copyOf(logged);
    }

    /// The lines with this message.
    Stream<String> logged(String message) {
        return logged.stream().filter(line -> line.contains(" " + message + " "));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
