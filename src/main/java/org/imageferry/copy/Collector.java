package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.records.Records;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what nothing needs any more: bytes that a cancel, a failure, a crash or a deletion left, and
/// records whose time is over.
///
/// It never looks at a store to find garbage. What is garbage the catalog says, in the transaction that
/// condemns it; the object itself goes when readers that still had its location have had their time.
public final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /// Rows dealt with in one transaction, so that no writer waits long.
    private static final int AT_ONCE = 500;

    /// How long a failed image's row, an ended task's and a deleted snapshot's id are kept.
    private static final Duration KEPT = Duration.ofDays(7);

    /// A running task that makes no progress for so long has failed.
    private static final Duration STALLED = Duration.ofHours(1);

    /// A write that hangs may land so long after its claim was lost. Until then the row of its object
    /// stays, or what lands would be an object that nobody knows.
    private static final Duration LATEST_WRITE = Duration.ofDays(1);

    /// Objects that may have landed without a word, looked for at once.
    private static final int MOST_UNWRITTEN = 10_000;

    private final Workshop shop;
    private final Duration grace;
    private final Courtesy courtesy;
    private final Compactor compactor;
    private final Records records = new Records();

    /// @param grace between an object's condemnation and its deletion
    /// @param courtesy towards copies
    public Collector(Workshop shop, Duration grace, Courtesy courtesy) {
        this(shop, grace, courtesy, SegmentBuilder.SEGMENT_BYTES);
    }

    /// @param compactBytes that compaction puts into one segment; less in simulations
    Collector(Workshop shop, Duration grace, Courtesy courtesy, int compactBytes) {
        this.shop = shop;
        this.grace = grace;
        this.courtesy = courtesy;
        this.compactor = new Compactor(shop, courtesy, compactBytes);
    }

    /// Makes one pass over a region.
    ///
    /// @param now delete what is condemned without waiting for the grace to be over
    /// @throws StoreException if the store fails; what was not deleted is taken up by the next pass
    public Collected collect(RegionId id, boolean now) throws StoreException {
        Region region = shop.regions().get(id);
        courtesy.begin();
        tidy(id);
        requireOurs(region);
        repeat(tables -> tables.parts().removeUnattached(id, AT_ONCE));
        Compacted compacted = compact(region);
        long condemned = repeat(tables -> tables.objects().condemn(id, AT_ONCE));
        Sweep swept = sweep(region, now);
        return new Collected(
                condemned,
                swept.deleted,
                swept.bytes,
                waiting(id),
                compacted.segments(),
                compacted.oldBytes() - compacted.newBytes(),
                compacted.more());
    }

    /// A store that takes nothing may still be emptied.
    private Compacted compact(Region region) {
        try {
            return compactor.step(region);
        } catch (StoreException e) {
            LOG.atWarn()
                    .addKeyValue("region", region.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("compaction failed");
            return Compacted.NOTHING;
        }
    }

    /// A store that is gone, or another than this catalog's, loses nothing through us.
    private static void requireOurs(Region region) throws StoreException {
        Optional<String> gone = region.health().gone();
        if (gone.isPresent()) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, gone.get());
        }
    }

    private void tidy(RegionId region) {
        shop.catalog()
                .write(tables -> {
                    Instant now = tables.now();
                    tables.claims().expire();
                    tables.tokens().expire();
                    failStalled(tables, region, now);
                    List<ImageId> failed = tables.images().failedBefore(now.minus(KEPT), AT_ONCE);
                    failed.forEach(tables.images()::delete);
                    tables.tasks().forget(now.minus(KEPT), AT_ONCE);
                    tables.snapshots().forgetDeleted(now.minus(KEPT), AT_ONCE);
                    return region;
                });
        repeat(tables -> deleteExpired(tables, region));
    }

    /// Snapshots that were to be kept for some days go with the last that needed them.
    private int deleteExpired(Tables tables, RegionId region) {
        List<Snapshot> expired = tables.snapshots().expired(region, tables.now(), AT_ONCE);
        for (Snapshot snapshot : expired) {
            tables.snapshots().delete(snapshot.id());
            records.deleted(tables, snapshot);
        }
        return expired.size();
    }

    private static void failStalled(Tables tables, RegionId region, Instant now) {
        for (Task task : tables.tasks().stalled(region, now.minus(STALLED))) {
            if (!(task.work() instanceof Work.VerifyImages)) {
                TaskEnds.fail(tables, task, "no progress for " + STALLED.toMinutes() + " minutes");
            }
        }
    }

    private interface Step {
        /// @return how many rows it dealt with
        int take(Tables tables);
    }

    private long repeat(Step step) {
        long sum = 0;
        int taken = AT_ONCE;
        while (taken == AT_ONCE) {
            taken = shop.catalog().write(step::take);
            courtesy.giveWay();
            sum += taken;
        }
        return sum;
    }

    private Sweep sweep(Region region, boolean now) throws StoreException {
        Duration wait = now ? Duration.ZERO : grace;
        Sweep sweep = new Sweep(region);
        sweep.empty(limit -> condemned(region.id(), wait, limit));
        Sweep unwritten = new Sweep(region);
        unwritten.empty(limit -> unwritten(region.id(), LATEST_WRITE, limit));
        if (now) {
            unwritten.delete(unwritten(region.id(), Duration.ZERO, MOST_UNWRITTEN));
        }
        if (sweep.deleted > 0) {
            LOG.atInfo()
                    .addKeyValue("region", region.id())
                    .addKeyValue("objects", sweep.deleted)
                    .addKeyValue("bytes", sweep.bytes)
                    .log("garbage deleted");
        }
        return sweep;
    }

    private List<StoredObject> condemned(RegionId region, Duration wait, int limit) {
        return shop.catalog()
                .read(tables ->
                        tables.objects().condemned(region, tables.now().minus(wait), limit));
    }

    private List<StoredObject> unwritten(RegionId region, Duration wait, int limit) {
        return shop.catalog()
                .read(tables ->
                        tables.objects().unwritten(region, tables.now().minus(wait), limit));
    }

    private long waiting(RegionId region) {
        return shop.catalog().read(tables -> tables.objects().usage(region).condemned().objects());
    }

    /// Deletes objects from a region's store, whose generation it raises before the first.
    private final class Sweep {
        private final Region region;
        private boolean raised;
        private long deleted;
        private long bytes;

        Sweep(Region region) {
            this.region = region;
        }

        /// Deletes and forgets what is due until nothing is.
        void empty(IntFunction<List<StoredObject>> due) throws StoreException {
            List<StoredObject> some = due.apply(AT_ONCE);
            while (!some.isEmpty()) {
                delete(some);
                forget(some);
                some = due.apply(AT_ONCE);
            }
        }

        void delete(List<StoredObject> objects) throws StoreException {
            for (StoredObject object : objects) {
                if (!raised) {
                    Generations.raise(shop.catalog(), region, shop.node());
                    raised = true;
                }
                region.store().delete(Verifier.nameOf(object));
                deleted++;
                bytes += object.bytes();
                courtesy.giveWay();
            }
        }

        private void forget(List<StoredObject> gone) {
            shop.catalog()
                    .write(tables -> {
                        gone.forEach(object -> tables.objects().remove(object.id()));
                        return gone.size();
                    });
        }
    }
}
