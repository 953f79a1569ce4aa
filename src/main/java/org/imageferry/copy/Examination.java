package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.Sha256;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// What was found when a segment or manifest was read as a whole. All checks go by what is stored, so
/// no key is needed.
///
/// @param lost why nothing of the object can be used, if that is so
/// @param bad blocks of a segment, by ordinal
public record Examination(ObjectId object, Optional<String> lost, Map<Integer, Digest> bad) {
    /// Bytes read at once: a scrub must not take memory from who has work to do.
    private static final int RUN_BYTES = 1 << 20;

    /// @throws StoreException if the store can't be asked; what is missing or bad is found instead
    public static Examination of(RegionStore store, StoredObject object) throws StoreException {
        try {
            return switch (object.kind()) {
                case SEGMENT -> segment(store, object);
                case MANIFEST -> manifest(store, object);
            };
        } catch (DamagedException e) {
            return lost(object, e);
        } catch (StoreException e) {
            if (DamageReports.isDamage(e)) {
                return lost(object, e);
            }
            throw e;
        }
    }

    /// Whether nothing is wrong with it.
    public boolean isRight() {
        return lost.isEmpty() && bad.isEmpty();
    }

    private static Examination lost(StoredObject object, Exception why) {
        return new Examination(
                object.id(), Optional.of(String.valueOf(why.getMessage())), Map.of());
    }

    private static Examination manifest(RegionStore store, StoredObject object)
            throws StoreException, DamagedException {
        ByteBuffer bytes = Manifests.bytes(store, object.id());
        ManifestOutline.read(bytes, object.scope(), object.id());
        return new Examination(object.id(), Optional.empty(), Map.of());
    }

    private static Examination segment(RegionStore store, StoredObject object)
            throws StoreException, DamagedException {
        SegmentFooter footer = SegmentFooter.read(store, object.id());
        if (!footer.scope().equals(object.scope())) {
            throw new DamagedException("segment " + object.id(), "it is of " + footer.scope());
        }
        ObjectName name = StoreLayout.segment(object.id());
        Map<Integer, Digest> bad = new LinkedHashMap<>();
        int first = 0;
        while (first < footer.size()) {
            int end = end(footer, first);
            checkRun(store, name, footer, first, end, bad);
            first = end;
        }
        return new Examination(object.id(), Optional.empty(), bad);
    }

    /// Behind the last block that is read together with the first: one at least.
    private static int end(SegmentFooter footer, int first) {
        int start = footer.entry(first).offset();
        int end = first + 1;
        while (end < footer.size() && endOf(footer.entry(end)) - start <= RUN_BYTES) {
            end++;
        }
        return end;
    }

    private static int endOf(SegmentFooter.Entry entry) {
        return entry.offset() + entry.storedLength();
    }

    private static void checkRun(
            RegionStore store,
            ObjectName name,
            SegmentFooter footer,
            int first,
            int end,
            Map<Integer, Digest> bad)
            throws StoreException {
        int start = footer.entry(first).offset();
        ByteBuffer bytes = ByteBuffer.allocate(endOf(footer.entry(end - 1)) - start);
        store.read(name, start, bytes);
        Sha256 sha256 = new Sha256();
        for (int ordinal = first; ordinal < end; ordinal++) {
            SegmentFooter.Entry entry = footer.entry(ordinal);
            ByteBuffer stored = bytes.slice(entry.offset() - start, entry.storedLength());
            if (!sha256.of(stored).equals(entry.checksum())) {
                bad.put(ordinal, entry.name());
            }
        }
    }

    void report(DamageReports reports) {
        lost.ifPresent(why -> reports.lost(object, why));
        reports.bad(object, bad, "their stored bytes have another checksum");
    }
}
