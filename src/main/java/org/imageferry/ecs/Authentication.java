package org.imageferry.ecs;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import org.imageferry.copy.Caller;
import org.imageferry.domain.AccountId;

/// Decides whether a request comes from whom it says. Whether it came before is [Replays]' to decide,
/// once this has held.
public final class Authentication {
    /// How far a request's time may be from ours, either way. Source: error center, InvalidTimeStamp.
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'")
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final int MOST_NONCE_CHARS = 128;

    /// Stands in for an unknown key, so that the answer takes as long as for a known one.
    private static final Keys.Credential NOBODY =
            new Keys.Credential(
                    new AccountId("0000000000000000"), new Keys.Secret("nobody's secret"), false);

    private final Keys keys;
    private final InstantSource clock;

    public Authentication(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// @throws EcsException with the gateway's code for what is wrong
    public Caller verify(Signed signed) {
        checkTime(signed.time());
        if (signed.nonce().length() > MOST_NONCE_CHARS) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "A nonce has at most " + MOST_NONCE_CHARS + " characters."));
        }
        Optional<Keys.Credential> found = keys.find(signed.accessKeyId());
        Keys.Credential credential = found.orElse(NOBODY);
        boolean matches = signed.signedBy(credential.secret());
        if (found.isEmpty()) {
            throw new EcsException(GatewayErrors.UNKNOWN_ACCESS_KEY);
        }
        if (!matches) {
            throw new EcsException(GatewayErrors.signature(signed.stringToSign()));
        }
        if (!credential.active()) {
            throw new EcsException(GatewayErrors.INACTIVE_ACCESS_KEY);
        }
        if (!signed.securityToken().isEmpty()) { // all keys here are permanent ones
            throw new EcsException(GatewayErrors.SECURITY_TOKEN);
        }
        return new Caller(credential.account(), signed.accessKeyId(), signed.nonce());
    }

    private void checkTime(String text) {
        Duration apart = Duration.between(parse(text), clock.instant()).abs();
        if (apart.compareTo(WINDOW) > 0) {
            throw new EcsException(
                    GatewayErrors.TIME_EXPIRED.advising(
                            "The request says "
                                    + text
                                    + ", the server's clock "
                                    + clock.instant()
                                    + ": set the clock that is wrong."));
        }
    }

    private static Instant parse(String text) {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw new EcsException(
                    GatewayErrors.TIME_FORMAT.advising(
                            "It must be like 2026-01-31T23:59:59Z, in UTC."));
        }
    }
}
