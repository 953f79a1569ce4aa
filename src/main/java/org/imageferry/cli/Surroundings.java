package org.imageferry.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.imageferry.cli.Interruption.Guard;

/// What the program finds around it: all it asks of its process, its terminal and the clock.
///
/// @param out for results only, so that scripts can read it; in UTF-8
/// @param err for everything that is said on the way
/// @param nonces gives another text each time
/// @param workers run transfers side by side
public record Surroundings(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        InstantSource clock,
        Interruption interruption,
        Supplier<String> nonces,
        Executor workers) {

    /// Those of this process.
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                environment,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Terminal.ofProcess(environment),
                InstantSource.system(),
                new ProcessInterruption(),
                () -> UUID.randomUUID().toString().replace("-", ""),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    /// Says something on the way.
    void say(String line) {
        err.println(Table.harmless(line));
    }

    /// Says this if the program is interrupted before the guard is closed.
    Guard whenInterrupted(String line) {
        return interruption.onInterrupt(() -> say(line));
    }

    /// Called now and then by what takes long.
    ///
    /// @throws InterruptedCommand after Ctrl-C
    void stopIfInterrupted() {
        if (interruption.happened()) {
            throw new InterruptedCommand();
        }
    }

    /// The same, but commands have no last words: for those that are steps of something larger.
    Surroundings quietOnInterrupt() {
        Interruption quiet =
                new Interruption() {
                    @Override
                    public boolean happened() {
                        return interruption.happened();
                    }

                    @Override
                    public Guard onInterrupt(Runnable last) {
                        return () -> {};
                    }

                    @Override
                    public Guard endsWell() {
                        return interruption.endsWell();
                    }

                    @Override
                    public void rest(Duration time) {
                        interruption.rest(time);
                    }
                };
        return new Surroundings(environment, out, err, terminal, clock, quiet, nonces, workers);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
