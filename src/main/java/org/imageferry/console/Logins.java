package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.imageferry.access.Credential;
import org.imageferry.access.Keys;
import org.imageferry.access.Principal;

/// Decides who may come in, and whether who came in may still be there.
final class Logins {
    /// Stands in for an unknown key's, so that the answer takes as long as for a known one.
    private static final String NOBODY = "nobody's secret";

    private final Keys keys;
    private final Guesses guesses;
    private final Supplier<String> tokens;
    private final InstantSource clock;

    Logins(Keys keys, Supplier<String> tokens, InstantSource clock) {
        this.keys = keys;
        this.guesses = new Guesses(clock);
        this.tokens = tokens;
        this.clock = clock;
    }

    sealed interface Result {
        record Welcome(Session session) implements Result {}

        /// Not said which: nobody shall learn what keys there are.
        record WrongKeyOrSecret() implements Result {}

        record Inactive() implements Result {}

        record TooManyTries(Duration pause) implements Result {}
    }

    /// @param source where the request comes from
    Result login(String source, String accessKey, String secret) {
        Duration pause = guesses.pause(source);
        if (pause.isPositive()) {
            return new Result.TooManyTries(pause);
        }
        Optional<Credential> found = find(accessKey);
        String expected = found.map(it -> it.secret().value()).orElse(NOBODY);
        if (!Session.same(expected, secret) || found.isEmpty()) {
            guesses.failed(source);
            return new Result.WrongKeyOrSecret();
        }
        if (found.get().standing() != Credential.Standing.GOOD) {
            return new Result.Inactive();
        }
        Instant expires = clock.instant().plus(Session.LASTS);
        return new Result.Welcome(new Session(accessKey, tokens.get(), expires));
    }

    /// Who the session is of, as of now: a key that was deleted or made inactive ends it at once.
    Optional<Principal> holder(Session session) {
        if (!clock.instant().isBefore(session.expires())) {
            return Optional.empty();
        }
        return find(session.accessKey())
                .filter(it -> it.standing() == Credential.Standing.GOOD)
                .map(Credential::principal);
    }

    /// Permanent keys only: temporary credentials are for programs, and would need their token each time.
    private Optional<Credential> find(String accessKey) {
        return keys.find(accessKey, "").filter(it -> !it.principal().temporary());
    }
}
