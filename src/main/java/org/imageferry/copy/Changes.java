package org.imageferry.copy;

import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.RequestedChanges;
import org.imageferry.catalog.Tables;

/// Carries out a caller's change: whole or not at all, and once, however often it is sent.
public final class Changes {
    private final RequestedChanges changes;
    private final Runnable wake;

    /// @param wake called after each change: there may be work now
    public Changes(Catalog catalog, Runnable wake) {
        this.changes = new RequestedChanges(catalog);
        this.wake = wake;
    }

    <T> T make(Caller caller, Function<Tables, T> change) {
        T result = changes.make(caller.accessKey(), caller.nonce(), change);
        wake.run();
        return result;
    }
}
