package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lets a source fail to log in ten times, and after that once in six seconds. To log in rightly does
/// not count, nor does it pay: who has one key could else guess at others for ever.
///
/// For each source it remembers when its failures so far would be over at an even pace. Any number of
/// threads may ask.
final class Guesses {
    static final int AT_ONCE = 10;
    static final Duration PACE = Duration.ofSeconds(6);

    /// The one that failed longest ago goes first, and has all its guesses again.
    static final int MOST_REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Instant> over = new LinkedHashMap<>(16, 0.75f, true);

    Guesses(InstantSource clock) {
        this.clock = clock;
    }

    /// @return how long the source must wait before it may try; nothing if it may now
    synchronized Duration pause(String source) {
        Instant now = clock.instant();
        Duration pause =
                Duration.between(now, over.getOrDefault(source, now))
                        .plus(PACE)
                        .minus(PACE.multipliedBy(AT_ONCE));
        return pause.isPositive() ? pause : Duration.ZERO;
    }

    synchronized void failed(String source) {
        Instant now = clock.instant();
        Instant before = over.getOrDefault(source, now);
        over.put(source, (before.isBefore(now) ? now : before).plus(PACE));
        if (over.size() > MOST_REMEMBERED) {
            over.remove(over.keySet().iterator().next());
        }
    }
}
