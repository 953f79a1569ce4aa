package org.imageferry.copy;

import java.util.Collection;
import java.util.Iterator;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.FooterCache;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Reads the footers of many segments at once where each takes its time to come, so that whoever needs them finds
/// them in the cache.
final class FootersAhead implements Lane {
    /// No more than the cache keeps.
    private static final int MOST = 100;

    private final RegionStore store;
    private final FooterCache footers;
    private final Iterator<ObjectId> segments;

    private FootersAhead(RegionStore store, FooterCache footers, Iterator<ObjectId> segments) {
        this.store = store;
        this.footers = footers;
        this.segments = segments;
    }

    /// Does nothing where the store is near.
    static void read(Workshop shop, RegionStore store, Collection<BlockSource.Wanted> blocks)
            throws Exception {
        if (store.readsAtOnce() == 1) {
            return;
        }
        Iterator<ObjectId> segments =
                blocks.stream()
                        .map(block -> block.location().segment())
                        .distinct()
                        .limit(MOST)
                        .iterator();
        shop.lanes()
                .run(() -> new FootersAhead(store, shop.footers(), segments), store.readsAtOnce());
    }

    /// What can't be read now is met again by whoever needs it, and told there.
    @Override
    public boolean step() {
        ObjectId segment;
        synchronized (segments) {
            if (!segments.hasNext()) {
                return false;
            }
            segment = segments.next();
        }
        try {
            footers.get(store, segment);
            return true;
        } catch (StoreException | DamagedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
