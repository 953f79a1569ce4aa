package org.imageferry.copy;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
        Sha256 sha256 = new Sha256();
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer room = arena.allocate(RUN_BYTES).asByteBuffer();
            int first = 0;
            while (first < footer.size()) {
                int end = end(footer, first);
                List<SegmentFooter.Entry> run =
                        IntStream.range(first, end).mapToObj(footer::entry).toList();
                for (int i : wrong(run, read(store, name, run, room), sha256)) {
                    bad.put(first + i, run.get(i).name());
                }
                first = end;
            }
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

    /// @return the stored bytes of each
    private static List<ByteBuffer> read(
            RegionStore store, ObjectName name, List<SegmentFooter.Entry> run, ByteBuffer room)
            throws StoreException {
        int start = run.getFirst().offset();
        store.read(name, start, room.clear().limit(endOf(run.getLast()) - start));
        return run.stream()
                .map(block -> room.slice(block.offset() - start, block.storedLength()))
                .toList();
    }

    /// @return the places of those whose stored bytes have another checksum
    private static int[] wrong(
            List<SegmentFooter.Entry> run, List<ByteBuffer> stored, Sha256 sha256) {
        List<Digest> checksums = sha256.ofEach(stored);
        return IntStream.range(0, run.size())
                .filter(i -> !checksums.get(i).equals(run.get(i).checksum()))
                .toArray();
    }

    void report(DamageReports reports) {
        lost.ifPresent(why -> reports.lost(object, why));
        reports.bad(object, bad, "their stored bytes have another checksum");
    }
}
