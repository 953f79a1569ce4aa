package org.imageferry.blocks;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Keeps the footers of the segments that were asked for last. Any number of threads may call.
///
/// A footer never changes, so nothing here is ever stale; the segment itself may be gone meanwhile, and
/// who finds that out says so.
public final class FooterCache {
    private final int mostEntries;
    private final LinkedHashMap<ObjectId, SegmentFooter> footers =
            new LinkedHashMap<>(16, 0.75f, true); // by last use
    private int entries;

    /// @param mostEntries how many blocks the footers kept may describe in all, at about 80 bytes each;
    ///     a full segment has about 700, at most 1,024. The newest footer is kept in any case.
    public FooterCache(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    /// The segment's footer, from memory or read now. No lock is held while it is read, so two threads
    /// that miss the same one may both read it.
    public SegmentFooter get(RegionStore store, ObjectId segment)
            throws StoreException, DamagedException {
        Optional<SegmentFooter> known = find(segment);
        if (known.isPresent()) {
            return known.get();
        }
        SegmentFooter read = SegmentFooter.read(store, segment);
        keep(segment, read);
        return read;
    }

    /// The segment has gone: its blocks are to be looked for elsewhere.
    public synchronized void forget(ObjectId segment) {
        SegmentFooter gone = footers.remove(segment);
        entries -= gone == null ? 0 : gone.size();
    }

    private synchronized Optional<SegmentFooter> find(ObjectId segment) {
        return Optional.ofNullable(footers.get(segment));
    }

    private synchronized void keep(ObjectId segment, SegmentFooter footer) {
        if (footers.put(segment, footer) == null) {
            entries += footer.size(); // else a thread that read it too came first
        }
        Iterator<Map.Entry<ObjectId, SegmentFooter>> eldest = footers.entrySet().iterator();
        while (entries > mostEntries && footers.size() > 1) {
            entries -= eldest.next().getValue().size();
            eldest.remove();
        }
    }
}
