package org.imageferry.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a delivery that failed is tried again: after 5 s, 15 s, 45 s and so on, three times as long each
/// time but never more than six hours, each a fifth shorter or longer by chance; and not when the event is
/// a day old by then.
record Retries(RandomGenerator random) {
    static final Duration KEPT = Duration.ofHours(24);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int FACTOR = 3;
    private static final int MOST_STEPS = 20;
    private static final double JITTER = 0.2;

    /// After failures in a row a webhook itself is left alone, lest all that waits for it be tried on a
    /// receiver that is down: twice as long each time, a minute at most.
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /// @param attempts that failed, this one among them
    /// @return nothing if it is given up
    Optional<Instant> next(int attempts, Instant event, Instant now) {
        Duration wait = FIRST;
        for (int i = 1; i < Math.min(attempts, MOST_STEPS); i++) {
            wait = shorter(wait.multipliedBy(FACTOR), LONGEST);
        }
        double share = 1 - JITTER + 2 * JITTER * random.nextDouble();
        Instant next = now.plusMillis((long) (wait.toMillis() * share));
        return next.isAfter(event.plus(KEPT)) ? Optional.empty() : Optional.of(next);
    }

    /// @param failures of the webhook in a row
    static Duration rest(int failures) {
        return shorter(Duration.ofSeconds(1L << Math.min(failures, MOST_STEPS)), LONGEST_REST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
