package org.imageferry.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line as a test runs it: against a [FakeFerry], with a clock that only moves when the
/// program rests.
final class CommandLineScene implements AutoCloseable {
    private final FakeFerry server;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final AtomicInteger nonces = new AtomicInteger();
    private final TestInterruption interruption = new TestInterruption();
    private Instant now = Instant.parse("2026-11-22T01:09:36Z");
    private boolean terminal;
    private ServerStarter starter =
            _ -> {
                throw new IOException("no server in this test");
            };
    private CatalogRebuilder rebuilder =
            (_, _) -> {
                throw new IOException("no data folder in this test");
            };
    private MasterKeyRotator rotator =
            _ -> {
                throw new IOException("no data folder in this test");
            };

    CommandLineScene() throws IOException {
        server = new FakeFerry();
        environment.put("IMAGEFERRY_ENDPOINT", server.endpoint());
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", FakeFerry.ID);
        environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", FakeFerry.SECRET);
    }

    FakeFerry server() {
        return server;
    }

    FakeCloud cloud() {
        return server.cloud();
    }

    Map<String, String> environment() {
        return environment;
    }

    void starter(ServerStarter next) {
        starter = next;
    }

    void rotator(MasterKeyRotator next) {
        rotator = next;
    }

    void rebuilder(CatalogRebuilder next) {
        rebuilder = next;
    }

    /// From now on somebody looks at standard error, 80 columns wide.
    void onATerminal() {
        terminal = true;
    }

    /// Ctrl-C will be pressed during this rest, counted from 1.
    void interruptedAtRest(int number) {
        interruption.at = number;
    }

    /// Runs it in this test's thread.
    ///
    /// @return the exit code
    int run(String... args) {
        out.reset();
        err.reset();
        return program().run(args);
    }

    Imageferry program() {
        return new Imageferry(starter, rotator, rebuilder, surroundings());
    }

    Surroundings surroundings() {
        return new Surroundings(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Terminal(terminal, true, false, () -> 80),
                () -> now,
                interruption,
                () -> "nonce-" + nonces.incrementAndGet(),
                Runnable::run);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Standard output, which must be one JSON value.
    JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }

    @Override
    public void close() {
        server.close();
    }

    private final class TestInterruption implements Interruption {
        private final Deque<Runnable> lasts = new ArrayDeque<>();
        private int at = Integer.MAX_VALUE;
        private int rests;

        @Override
        public boolean happened() {
            return rests >= at;
        }

        @Override
        public Guard onInterrupt(Runnable last) {
            lasts.addFirst(last);
            return () -> lasts.remove(last);
        }

        @Override
        public Guard endsWell() {
            return () -> {};
        }

        @Override
        public void rest(Duration time) {
            now = now.plus(time);
            rests++;
            if (rests == at) {
                lasts.forEach(Runnable::run);
            }
        }
    }
}
