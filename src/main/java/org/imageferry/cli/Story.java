package org.imageferry.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.imageferry.ecs.client.EcsFailure;

/// Tells what the demo does: numbered steps, and how long each took.
final class Story {
    private static final String INDENT = "   ";

    /// Something that takes a while, and what came of it.
    @FunctionalInterface
    interface Work<T> {
        T run() throws EcsFailure, IOException, CommandFailure;
    }

    /// What came of a step, and how long it took.
    record Timed<T>(T result, Duration time) {}

    private final Surroundings surroundings;
    private final PrintStream out;
    private final boolean told;
    private final Instant began;
    private int steps;

    /// @param json whether standard output is kept for a JSON object
    Story(Surroundings surroundings, boolean json) {
        this.surroundings = surroundings;
        this.out = json ? surroundings.err() : surroundings.out();
        this.told = !json || surroundings.terminal().present();
        this.began = surroundings.clock().instant();
    }

    <T> Timed<T> step(String title, Work<T> work) throws EcsFailure, IOException, CommandFailure {
        steps++;
        line("");
        line(surroundings.terminal().bold(steps + ". " + title));
        Instant start = surroundings.clock().instant();
        T result = work.run();
        return new Timed<>(result, Duration.between(start, surroundings.clock().instant()));
    }

    /// A line about the step at hand.
    void tell(String text) {
        line(INDENT + text);
    }

    /// What the step at hand has shown.
    void result(String text) {
        line(INDENT + surroundings.terminal().green(text));
    }

    void line(String text) {
        if (told) {
            out.println(text);
            out.flush();
        }
    }

    Duration sinceBegin() {
        return Duration.between(began, surroundings.clock().instant());
    }
}
