package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.imageferry.blocks.BlockDecoder;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.ScratchBuffer;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.Digest;
import org.imageferry.store.RegionStore;

/// Reads a part's blocks back as they were on the disk, each checked against its name, on all lanes.
final class PartReader {
    /// Takes blocks, from several threads at once and in no order.
    interface Sink {
        /// @param page of the part, where the block begins
        /// @param content good until this returns
        /// @param digest of the content
        void block(int page, ByteBuffer content, Digest digest) throws Exception;
    }

    private final Workshop shop;
    private final RegionStore store;
    private final BlockSource source;
    private final Seal seal;

    /// @param seal of the part's scope
    PartReader(Workshop shop, Region region, Parts.Part part, Seal seal) {
        this.shop = shop;
        this.store = region.store();
        this.source =
                new BlockSource(
                        region.store(),
                        part.scope(),
                        shop.footers(),
                        shop.catalog(),
                        DamageReports.of(shop));
        this.seal = seal;
    }

    /// Where a block stands.
    ///
    /// @param content the digest of its content
    private record Spots(Digest content, List<Integer> pages) {}

    /// @param lease of the task; renewed as the reading goes on
    void read(Manifest manifest, Sink sink, Lease lease) throws Exception {
        Map<Digest, Spots> spots = new HashMap<>(manifest.size() * 2);
        List<BlockSource.Wanted> wanted = new ArrayList<>();
        for (Manifest.Entry block : manifest.entries()) {
            List<Integer> pages =
                    spots.computeIfAbsent(
                                    block.name(),
                                    _ -> new Spots(block.content(), new ArrayList<>(1)))
                            .pages();
            if (pages.isEmpty()) {
                wanted.add(new BlockSource.Wanted(block.name(), block.location()));
            }
            pages.add(block.page());
        }
        FootersAhead.read(shop, store, wanted);
        Iterator<BlockSource.Run> runs =
                source.find(wanted, SegmentBuffers.PIECE_BYTES, Integer.MAX_VALUE).iterator();
        shop.lanes().run(() -> new Reader(runs, spots, sink, lease), store.readsAtOnce());
    }

    private final class Reader implements Lane {
        private final Iterator<BlockSource.Run> runs;
        private final Map<Digest, Spots> spots;
        private final Sink sink;
        private final Lease lease;
        private final BlockDecoder decoder = new BlockDecoder(seal);
        private final ScratchBuffer content = new ScratchBuffer(PageCutter.MOST_BYTES);
        private final ByteBuffer stored = shop.buffers().takePiece();

        Reader(Iterator<BlockSource.Run> runs, Map<Digest, Spots> spots, Sink sink, Lease lease) {
            this.runs = runs;
            this.spots = spots;
            this.sink = sink;
            this.lease = lease;
        }

        @Override
        public boolean step() throws Exception {
            BlockSource.Run run;
            synchronized (runs) {
                if (!runs.hasNext()) {
                    return false;
                }
                run = runs.next();
            }
            source.each(run, stored, this::deliver);
            lease.worked(run.storedBytes());
            return true;
        }

        private Map<Integer, DamagedException> deliver(
                List<SegmentFooter.Entry> blocks, List<ByteBuffer> stored) throws Exception {
            Map<Integer, DamagedException> wrong = new TreeMap<>();
            for (int i = 0; i < blocks.size(); i++) {
                ByteBuffer block = content.clear();
                try {
                    decoder.decode(blocks.get(i), stored.get(i), block);
                } catch (DamagedException e) {
                    wrong.put(i, e);
                    continue;
                }
                deliver(blocks.get(i), block.flip());
            }
            return wrong;
        }

        private void deliver(SegmentFooter.Entry block, ByteBuffer content) throws Exception {
            Spots of = Objects.requireNonNull(spots.get(block.name()));
            for (int page : of.pages()) {
                sink.block(page, content.duplicate(), of.content());
                lease.advance(block.length());
            }
        }

        @Override
        public void close() {
            decoder.close();
            content.close();
            shop.buffers().giveBackPiece(stored);
        }
    }
}
