package org.imageferry.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number or a time that can be set: its key, what it is by default and what is allowed.
///
/// @param <T> of its value
interface Setting<T> {
    String key();

    T preset();

    /// As a person writes them.
    String presetText();

    /// What is allowed, in words: goes into messages and into the reference.
    String allowed();

    /// @return the value, or nothing if the text is not allowed
    Optional<T> parse(String text);

    Count RUNNING_COPIES = new Count("running-copies", 1, 1, 64);
    Count RUNNING_SNAPSHOT_COPIES = new Count("running-snapshot-copies", 1, 1, 64);
    Count RUNNING_IMPORTS = new Count("running-imports", 2, 1, 64);
    Count RUNNING_EXPORTS = new Count("running-exports", 2, 1, 64);
    Count RUNNING_VERIFICATIONS = new Count("running-verifications", 1, 1, 64);
    Count MOST_IMAGE_GIB = new Count("most-image-gib", 32_768, 1, 32_768);
    Count RESERVE_MIB = new Count("reserve-mib", 256, 0, 1_048_576);
    Count CATALOG_CONNECTIONS = new Count("catalog-connections", 10, 2, 200);
    Switch KEY_SERVICE = new Switch("key-service", true);
    Switch ENCRYPTED_EXPORTS = new Switch("encrypted-exports", true);
    Switch PATH_STYLE = new Switch("path-style", true);
    Switch PRIVATE_ADDRESSES = new Switch("private-addresses", false);
    Count MOST_REQUESTS = new Count("most-requests", 32, 1, 256);
    Span GRACE =
            new Span("grace", Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofDays(7));
    Span EVERY =
            new Span("every", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1));

    Span SCRUB_WITHIN =
            new Span(
                    "scrub-within",
                    Duration.ofDays(30),
                    Duration.ofMinutes(1),
                    Duration.ofDays(365));

    /// The least is more than a node's pauses; the rest of a claim must do for a segment over a slow link.
    Span CLAIM_FOR =
            new Span(
                    "claim-for",
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(30));

    Span DRAIN_DELAY =
            new Span("drain-delay", Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10));

    Switch PLAIN_HTTP = new Switch("plain-http", false);
    Switch BEHIND_TLS = new Switch("behind-tls", false);
    Switch AUDIT_READS = new Switch("audit-reads", false);

    List<Setting<?>> ALL =
            List.of(
                    RUNNING_COPIES,
                    RUNNING_SNAPSHOT_COPIES,
                    RUNNING_IMPORTS,
                    RUNNING_EXPORTS,
                    RUNNING_VERIFICATIONS,
                    MOST_IMAGE_GIB,
                    RESERVE_MIB,
                    SCRUB_WITHIN,
                    CLAIM_FOR,
                    CATALOG_CONNECTIONS,
                    KEY_SERVICE,
                    ENCRYPTED_EXPORTS,
                    PATH_STYLE,
                    MOST_REQUESTS,
                    PRIVATE_ADDRESSES,
                    GRACE,
                    EVERY,
                    DRAIN_DELAY,
                    PLAIN_HTTP,
                    BEHIND_TLS,
                    AUDIT_READS);

    /// A whole number between two others.
    record Count(String key, Long preset, long least, long most) implements Setting<Long> {
        Count(String key, long preset, long least, long most) {
            this(key, Long.valueOf(preset), least, most);
        }

        @Override
        public String presetText() {
            return preset.toString();
        }

        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public Optional<Long> parse(String text) {
            return text.matches("[0-9]{1,9}")
                    ? Optional.of(Long.valueOf(text)).filter(n -> n >= least && n <= most)
                    : Optional.empty();
        }
    }

    /// On or off.
    record Switch(String key, Boolean preset) implements Setting<Boolean> {
        @Override
        public String presetText() {
            return preset.toString();
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Optional<Boolean> parse(String text) {
            return switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    }

    /// A length of time, such as `90s`, `10m`, `2h` or `1d`.
    record Span(String key, Duration preset, Duration least, Duration most)
            implements Setting<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

        @Override
        public String presetText() {
            return text(preset);
        }

        @Override
        public String allowed() {
            return "a time from " + text(least) + " to " + text(most) + ", in s, m, h or d";
        }

        @Override
        public Optional<Duration> parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            long count = Long.parseLong(matcher.group(1));
            Duration span =
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            return Optional.of(span)
                    .filter(it -> it.compareTo(least) >= 0 && it.compareTo(most) <= 0);
        }

        private static String text(Duration span) {
            if (span.toDays() > 0) {
                return span.toDays() + "d";
            }
            return span.toMinutes() > 0 ? span.toMinutes() + "m" : span.toSeconds() + "s";
        }
    }
}
