package org.imageferry.copy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;

/// A claim as its holder keeps it: renewed as the work goes on, so that a worker that hangs loses it.
final class Lease {
    /// Long enough for a segment over a slow link, short enough that a dead node's work is taken up.
    static final Duration LENGTH = Duration.ofMinutes(1);

    private final Catalog catalog;
    private final long claim;
    private final AtomicLong done = new AtomicLong();

    Lease(Catalog catalog, long claim) {
        this.catalog = catalog;
        this.claim = claim;
    }

    long claim() {
        return claim;
    }

    /// Notes bytes that are dealt with; the next renewal tells the catalog.
    void advance(long bytes) {
        done.addAndGet(bytes);
    }

    void renew() throws ClaimLostException {
        if (!catalog.write(this::renewIn)) {
            throw new ClaimLostException(claim);
        }
    }

    /// @return whether the claim is still held
    boolean renewIn(Tables tables) {
        return tables.claims().renew(claim, tables.now().plus(LENGTH), done.get());
    }
}
