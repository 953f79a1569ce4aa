package org.imageferry.catalog;

import java.time.Duration;
import java.util.function.Function;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;

/// Makes the changes that requests ask for, each in one transaction that spends the request's nonce as
/// well: whole or not at all, and once, however often it is sent.
public record RequestedChanges(Catalog catalog) {
    /// Twice the window in which a request's time stamp is taken.
    private static final Duration NONCE_KEPT = Duration.ofMinutes(30);

    /// @param accessKey that signed the request
    /// @throws RefusedException `NonceUsed` if this key used the nonce before
    public <T> T make(String accessKey, String nonce, Function<Tables, T> change) {
        return catalog.write(tables -> {
            if (!tables.tokens().spend(accessKey, nonce, tables.now().plus(NONCE_KEPT))) {
                throw new RefusedException(new Refusal.NonceUsed());
            }
            return change.apply(tables);
        });
    }
}
