package org.imageferry.copy;

import java.time.Duration;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;

/// Carries out a caller's change: whole or not at all, and once, however often it is sent.
public final class Changes {
    /// Twice the window in which a request's time stamp is taken.
    private static final Duration NONCE_KEPT = Duration.ofMinutes(30);

    private final Catalog catalog;
    private final Runnable wake;

    /// @param wake called after each change: there may be work now
    public Changes(Catalog catalog, Runnable wake) {
        this.catalog = catalog;
        this.wake = wake;
    }

    <T> T make(Caller caller, Function<Tables, T> change) {
        T result =
                catalog.write(tables -> {
                    if (!tables.tokens()
                            .spend(
                                    caller.accessKey(),
                                    caller.nonce(),
                                    tables.now().plus(NONCE_KEPT))) {
                        throw new RefusedException(new Refusal.NonceUsed());
                    }
                    return change.apply(tables);
                });
        wake.run();
        return result;
    }
}
