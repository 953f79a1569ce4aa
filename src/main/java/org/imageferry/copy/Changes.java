package org.imageferry.copy;

import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.RequestedChanges;
import org.imageferry.catalog.Tables;

/// Carries out a caller's change: whole or not at all, and once, however often it is sent.
public final class Changes {
    private final RequestedChanges changes;

    public Changes(Catalog catalog) {
        this.changes = new RequestedChanges(catalog);
    }

    <T> T make(Caller caller, Function<Tables, T> change) {
        return changes.make(caller.accessKey(), caller.nonce(), change);
    }
}
