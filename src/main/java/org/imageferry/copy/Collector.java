package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
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

    /// How long a failed image's row and an ended task's are kept.
    private static final Duration KEPT = Duration.ofDays(7);

    /// A running task that makes no progress for so long has failed.
    private static final Duration STALLED = Duration.ofHours(1);

    private final Workshop shop;
    private final Duration grace;

    /// @param grace between an object's condemnation and its deletion
    public Collector(Workshop shop, Duration grace) {
        this.shop = shop;
        this.grace = grace;
    }

    /// Makes one pass over a region.
    ///
    /// @param now delete what is condemned without waiting for the grace to be over
    /// @throws StoreException if the store fails; what was not deleted is taken up by the next pass
    public Collected collect(RegionId id, boolean now) throws StoreException {
        Region region = shop.regions().get(id);
        tidy(id);
        repeat(tables -> tables.parts().removeUnattached(id, AT_ONCE));
        long condemned = repeat(tables -> tables.objects().condemn(id, AT_ONCE));
        Collected swept = sweep(region, now ? Duration.ZERO : grace);
        return new Collected(condemned, swept.deleted(), swept.deletedBytes(), swept.waiting());
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
                    return region;
                });
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
            sum += taken;
        }
        return sum;
    }

    private Collected sweep(Region region, Duration wait) throws StoreException {
        long deleted = 0;
        long bytes = 0;
        boolean raised = false;
        List<StoredObjects.StoredObject> due = due(region.id(), wait);
        while (!due.isEmpty()) {
            if (!raised) {
                Generations.raise(shop.catalog(), region);
                raised = true;
            }
            for (StoredObjects.StoredObject object : due) {
                region.store().delete(Verifier.nameOf(object));
                bytes += object.bytes();
            }
            forget(due);
            deleted += due.size();
            due = due(region.id(), wait);
        }
        if (deleted > 0) {
            LOG.atInfo()
                    .addKeyValue("region", region.id())
                    .addKeyValue("objects", deleted)
                    .addKeyValue("bytes", bytes)
                    .log("garbage deleted");
        }
        long waiting =
                shop.catalog()
                        .read(tables -> tables.objects().usage(region.id()).condemned().objects());
        return new Collected(0, deleted, bytes, waiting);
    }

    private List<StoredObjects.StoredObject> due(RegionId region, Duration wait) {
        return shop.catalog()
                .read(tables ->
                        tables.objects().condemned(region, tables.now().minus(wait), AT_ONCE));
    }

    private void forget(List<StoredObjects.StoredObject> gone) {
        shop.catalog()
                .write(tables -> {
                    gone.forEach(object -> tables.objects().remove(object.id()));
                    return gone.size();
                });
    }
}
