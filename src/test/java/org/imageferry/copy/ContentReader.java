package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.imageferry.blocks.BlockDecoder;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Snapshot;
import org.imageferry.kms.KmsException;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Reads snapshots back, every byte from the store, nothing remembered: what anybody would find there.
final class ContentReader {
    private final Durable durable;
    private final Seals seals;
    private final ByteBuffer stored = ByteBuffer.allocateDirect(Math.toIntExact(Disks.PART_BYTES));

    ContentReader(Durable durable) {
        this.durable = durable;
        this.seals = new TestKeys(durable.catalog(), new SplittableRandom(0)).seals();
    }

    byte[] read(Snapshot snapshot) throws StoreException, DamagedException {
        ByteBuffer disk = ByteBuffer.allocate(Math.toIntExact(snapshot.bytes()));
        List<Parts.Numbered> parts =
                durable.catalog().read(tables -> tables.parts().of(snapshot.id()));
        int expected = 0;
        for (Parts.Numbered numbered : parts) {
            Rules.P1.require(numbered.number() == expected++, "gap in parts of " + snapshot.id());
            read(snapshot, numbered, disk);
        }
        Rules.P1.require(
                expected == (snapshot.bytes() + Disks.PART_BYTES - 1) / Disks.PART_BYTES,
                "parts are missing of " + snapshot.id());
        return disk.array();
    }

    private void read(Snapshot snapshot, Parts.Numbered numbered, ByteBuffer disk)
            throws StoreException, DamagedException {
        RegionStore store = durable.store(snapshot.region());
        Seal seal = seal(numbered.part());
        Manifest manifest = Manifests.read(store, numbered.part(), seal, DamageReports.NOBODY);
        List<BlockSource.Wanted> wanted = new ArrayList<>();
        Set<Digest> names = new HashSet<>();
        for (Manifest.Entry block : manifest.entries()) {
            if (names.add(block.name())) {
                wanted.add(new BlockSource.Wanted(block.name(), block.location()));
            }
        }
        BlockSource source =
                new BlockSource(
                        store,
                        numbered.part().scope(),
                        new FooterCache(1),
                        durable.catalog(),
                        DamageReports.NOBODY);
        int start = Math.toIntExact(numbered.number() * Disks.PART_BYTES);
        try (BlockDecoder decoder = new BlockDecoder(seal)) {
            for (BlockSource.Run run : source.find(wanted, stored.capacity(), Integer.MAX_VALUE)) {
                source.each(
                        run,
                        stored,
                        (blocks, bytes) -> place(decoder, manifest, blocks, bytes, disk, start));
            }
        } catch (StoreException | DamagedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("reading only fails for its store or its blocks", e);
        }
    }

    private Seal seal(Parts.Part part) {
        try {
            return seals.of(part.scope());
        } catch (KmsException e) {
            throw new IllegalStateException("enable all keys before contents are read", e);
        }
    }

    private static Map<Integer, DamagedException> place(
            BlockDecoder decoder,
            Manifest manifest,
            List<SegmentFooter.Entry> found,
            List<ByteBuffer> stored,
            ByteBuffer disk,
            int start) {
        Map<Integer, DamagedException> wrong = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            for (Manifest.Entry block : manifest.entries()) {
                if (block.name().equals(found.get(i).name())) {
                    int at = start + block.page() * PageCutter.PAGE_BYTES;
                    try {
                        decoder.decode(found.get(i), stored.get(i), disk.duplicate().position(at));
                    } catch (DamagedException e) {
                        wrong.put(i, e);
                    }
                }
            }
        }
        return wrong;
    }
}
