package org.imageferry.copy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;

/// A claim as its holder keeps it: renewed as the work goes on, so that a worker that hangs loses it.
final class Lease implements AutoCloseable {
    /// What is read without a renewal: as much as a segment, which is renewed with, too.
    private static final long RENEWED_EVERY_BYTES = SegmentBuilder.SEGMENT_BYTES;

    /// After this share of its length a claim is renewed before more is begun that may take long.
    private static final int KEPT_SHARE = 8;

    private final Catalog catalog;
    private final long claim;
    private final Duration length;
    private final LongSupplier nanos;
    private final Runnable over;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong unrenewed = new AtomicLong();
    private volatile long renewedAt;
    private volatile boolean lost;

    /// @param over is run when nobody works under it any more
    Lease(Catalog catalog, long claim, Duration length, LongSupplier nanos, Runnable over) {
        this.catalog = catalog;
        this.claim = claim;
        this.length = length;
        this.nanos = nanos;
        this.renewedAt = nanos.getAsLong();
        this.over = over;
    }

    long claim() {
        return claim;
    }

    /// Notes bytes that are dealt with; the next renewal tells the catalog.
    void advance(long bytes) {
        done.addAndGet(bytes);
    }

    /// Bytes that are dealt with so far.
    long done() {
        return done.get();
    }

    /// Takes back what was noted since `done` stood there: that work is done again.
    void back(long before) {
        done.set(before);
    }

    /// Notes that bytes were read, new or not, and renews if it is time: work that writes nothing
    /// must not look as if it hung.
    void worked(long bytes) throws ClaimLostException {
        if (lost) {
            throw new ClaimLostException(claim);
        }
        if (unrenewed.addAndGet(bytes) >= RENEWED_EVERY_BYTES) {
            renew();
        }
    }

    /// Renews if what was done since the last renewal has taken long, such as a write to a slow store.
    void keep() throws ClaimLostException {
        if (nanos.getAsLong() - renewedAt >= length.toNanos() / KEPT_SHARE) {
            renew();
        }
    }

    void renew() throws ClaimLostException {
        if (!catalog.write(this::renewIn)) {
            throw new ClaimLostException(claim);
        }
    }

    /// @return whether the claim is still held
    boolean renewIn(Tables tables) {
        unrenewed.set(0);
        renewedAt = nanos.getAsLong();
        return tables.claims().renew(claim, tables.now().plus(length), done.get());
    }

    /// The claim is known to be gone: who works under it learns with what is read next.
    void lose() {
        lost = true;
    }

    @Override
    public void close() {
        over.run();
    }
}
