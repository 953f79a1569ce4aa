package org.imageferry.rebuild;

import java.util.function.Consumer;
import org.imageferry.catalog.Catalog;

/// What all steps of a rebuild share.
record Work(Catalog catalog, Rebuild.Plan plan, Findings findings, Consumer<String> progress) {
    /// After so many steps of a kind it is said how far they have come.
    private static final long SAID_EVERY = 10_000;

    /// Says how far a step has come, if it is time to.
    ///
    /// @param before how many there were when this was called last
    void said(Source source, String what, long before, long now) {
        if (now / SAID_EVERY > before / SAID_EVERY) {
            progress.accept("%s: %d %s so far".formatted(source.region(), now, what));
        }
    }
}
