package org.imageferry.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// How fast something moves: the average of the last few seconds.
final class Speed {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration LEAST = Duration.ofMillis(200);
    private static final int MOST_SAMPLES = 100;

    private record Sample(Instant at, long done) {}

    private final InstantSource clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    Speed(InstantSource clock) {
        this.clock = clock;
    }

    /// Takes note of how far it is now, and says what a bar needs.
    BarState.Moving at(long done, long total) {
        Instant now = clock.instant();
        samples.addLast(new Sample(now, done));
        while (samples.size() > 2
                && (samples.size() > MOST_SAMPLES
                        || samples.getFirst().at().isBefore(now.minus(WINDOW)))) {
            samples.removeFirst();
        }
        double rate = rate(samples.getFirst(), samples.getLast());
        return new BarState.Moving(done, total, rate, left(total - done, rate));
    }

    private static double rate(Sample first, Sample last) {
        Duration time = Duration.between(first.at(), last.at());
        return time.compareTo(LEAST) < 0
                ? 0
                : (last.done() - first.done()) * 1000.0 / time.toMillis();
    }

    private static Optional<Duration> left(long bytes, double rate) {
        return rate < 1 || bytes < 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (bytes * 1000.0 / rate)));
    }
}
