package org.imageferry.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That somebody has logged in. The browser keeps it, sealed; no node needs to remember it.
///
/// @param accessKey its id; the secret is not in it
/// @param token that each form of the session must carry, for no other site can know it
record Session(String accessKey, String token, Instant expires) {
    static final Duration LASTS = Duration.ofHours(12);
    private static final String VERSION = "1";
    private static final int LINES = 4;

    String sealed(Seal seal) {
        // access key ids are visible ASCII
        return seal.seal(
                String.join(
                        "\n", VERSION, accessKey, token, Long.toString(expires.getEpochSecond())));
    }

    /// @return nothing if it is not one of ours, or over
    static Optional<Session> open(Seal seal, String sealed, Instant now) {
        return seal.open(sealed).flatMap(Session::parse).filter(it -> now.isBefore(it.expires()));
    }

    private static Optional<Session> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != LINES || !lines[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Instant expires = Instant.ofEpochSecond(Long.parseLong(lines[3]));
            return Optional.of(new Session(lines[1], lines[2], expires));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Whether a form is of this session; takes as long for any wrong token.
    boolean wrote(String formToken) {
        return same(token, formToken);
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Session[" + accessKey + " until " + expires + "]";
    }
}
