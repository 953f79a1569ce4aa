package org.imageferry.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How the deliveries to a webhook went.
///
/// @param failures in a row, since the last success
/// @param failingSince the first of these
/// @param lastError what the last of these was; stays after a success
/// @param disabled since when nothing is delivered any more
/// @param missed events that were never tried, because too many waited
public record WebhookHealth(
        int failures,
        Optional<Instant> failingSince,
        Optional<Instant> lastTried,
        Optional<Instant> lastDelivered,
        String lastError,
        Optional<Instant> disabled,
        long missed) {
    public static final WebhookHealth NEW =
            new WebhookHealth(
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    0);

    /// After this a webhook that only fails is given up.
    private static final Duration PATIENCE = Duration.ofDays(5);

    public boolean enabled() {
        return disabled.isEmpty();
    }

    /// A success makes all good, also what was given up.
    public WebhookHealth delivered(Instant now) {
        return new WebhookHealth(
                0,
                Optional.empty(),
                Optional.of(now),
                Optional.of(now),
                lastError,
                Optional.empty(),
                missed);
    }

    /// @param last whether this was the last try anyway
    public WebhookHealth failed(Instant now, String error, boolean last) {
        Instant since = failingSince.orElse(now);
        boolean over = last || !now.isBefore(since.plus(PATIENCE));
        return new WebhookHealth(
                failures + 1,
                Optional.of(since),
                Optional.of(now),
                lastDelivered,
                error,
                over ? disabled.or(() -> Optional.of(now)) : disabled,
                missed);
    }
}
