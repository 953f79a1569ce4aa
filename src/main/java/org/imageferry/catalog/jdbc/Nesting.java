package org.imageferry.catalog.jdbc;

import java.util.function.Supplier;

/// Refuses a transaction inside another of the same catalog: it would wait for itself.
final class Nesting {
    /// Bound while a thread is in one of the catalog's transactions.
    private final ScopedValue<Boolean> within = ScopedValue.newInstance();

    <T> T run(Supplier<T> transaction) {
        refuse("can't begin inside another");
        return ScopedValue.where(within, true).call(transaction::get);
    }

    void refuse(String why) {
        if (within.isBound()) {
            throw new IllegalStateException("a transaction of the catalog " + why);
        }
    }
}
