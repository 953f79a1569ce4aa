package org.imageferry.ecs.action;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Times as the API writes them: ISO 8601, in UTC, to the second; some pages have only minutes.
/// Source: ECS API 2014-05-26, "Time format".
final class Times {
    private static final DateTimeFormatter TO_THE_MINUTE_AT_LEAST =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss]'Z'");
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// For what is ours, where a second is long.
    static String milliseconds(Instant time) {
        return MILLISECONDS.format(time);
    }

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text, TO_THE_MINUTE_AT_LEAST).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
