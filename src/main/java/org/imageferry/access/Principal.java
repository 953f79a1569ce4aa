package org.imageferry.access;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.User;

/// Who made a request, once the signature has proved it.
///
/// @param user for whom the credentials were made; the account's own name none
/// @param accessKey that signed; of temporary credentials their own
/// @param expires when temporary credentials do; permanent ones never
/// @param requestsPerSecond how many of one action the account may send
public record Principal(
        Account account,
        Optional<User> user,
        Rights rights,
        String accessKey,
        Optional<Instant> expires,
        long requestsPerSecond) {
    public AccountId id() {
        return account.id();
    }

    public boolean temporary() {
        return expires.isPresent();
    }

    /// Nobody needs its policies in a log, and there may be many.
    @Override
    public String toString() {
        return "Principal[" + accessKey + " of " + account.id() + "]";
    }
}
