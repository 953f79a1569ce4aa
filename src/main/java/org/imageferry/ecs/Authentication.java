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
import org.imageferry.access.Credential;
import org.imageferry.access.Keys;
import org.imageferry.access.Principal;
import org.imageferry.access.Secret;
import org.imageferry.copy.Caller;

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
    private static final Secret NOBODY = new Secret("nobody's secret");

    private final Keys keys;
    private final InstantSource clock;

    public Authentication(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// @throws EcsException with the gateway's code for what is wrong
    public Proved verify(Signed signed) {
        checkTime(signed.time());
        if (signed.nonce().length() > MOST_NONCE_CHARS) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "A nonce has at most " + MOST_NONCE_CHARS + " characters."));
        }
        Optional<Credential> found = keys.find(signed.accessKeyId(), signed.securityToken());
        boolean matches = signed.signedBy(found.map(Credential::secret).orElse(NOBODY));
        Credential credential =
                found.orElseThrow(() -> new EcsException(GatewayErrors.UNKNOWN_ACCESS_KEY));
        if (!matches) {
            throw new EcsException(GatewayErrors.signature(signed.stringToSign()));
        }
        checkStanding(credential);
        Principal principal = credential.principal();
        if (!principal.temporary() && !signed.securityToken().isEmpty()) {
            throw new EcsException(AccessErrors.TOKEN_OF_ANOTHER_KEY);
        }
        return new Proved(
                new Caller(principal.id(), signed.accessKeyId(), signed.nonce()), principal);
    }

    private static void checkStanding(Credential credential) {
        switch (credential.standing()) {
            case GOOD -> {}
            case INACTIVE -> throw new EcsException(GatewayErrors.INACTIVE_ACCESS_KEY);
            case EXPIRED -> throw new EcsException(AccessErrors.TOKEN_EXPIRED);
            case ACCOUNT_DELETED -> throw new EcsException(AccessErrors.ACCOUNT_DELETED);
        }
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
