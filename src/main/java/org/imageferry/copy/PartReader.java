package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.imageferry.blocks.BlockDecoder;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.PageCutter;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.Digest;

/// Reads a part's blocks back as they were on the disk, each checked against its name, on all lanes.
final class PartReader {
    private static final int RUN_BYTES = 2 << 20;

    /// Takes blocks, from several threads at once and in no order.
    interface Sink {
        /// @param page of the part, where the block begins
        /// @param content good until this returns
        void block(int page, ByteBuffer content, Digest name) throws Exception;
    }

    private final Workshop shop;
    private final BlockSource source;

    PartReader(Workshop shop, Region region, Parts.Part part) {
        this.shop = shop;
        this.source = new BlockSource(region.store(), part.scope(), shop.footers(), shop.catalog());
    }

    /// @param lease of the task; renewed as the reading goes on
    void read(Manifest manifest, Sink sink, Lease lease) throws Exception {
        Map<Digest, List<Integer>> pages = new HashMap<>(manifest.size() * 2);
        List<BlockSource.Wanted> wanted = new ArrayList<>();
        for (Manifest.Entry block : manifest.entries()) {
            List<Integer> places = pages.computeIfAbsent(block.name(), _ -> new ArrayList<>(1));
            if (places.isEmpty()) {
                wanted.add(new BlockSource.Wanted(block.name(), block.location()));
            }
            places.add(block.page());
        }
        Iterator<BlockSource.Run> runs = source.find(wanted, RUN_BYTES).iterator();
        shop.lanes().run(() -> new Reader(runs, pages, sink, lease));
    }

    private final class Reader implements Lane {
        private final Iterator<BlockSource.Run> runs;
        private final Map<Digest, List<Integer>> pages;
        private final Sink sink;
        private final Lease lease;
        private final BlockDecoder decoder = new BlockDecoder();
        private final ByteBuffer content = ByteBuffer.allocateDirect(PageCutter.MOST_BYTES);
        private ByteBuffer stored = ByteBuffer.allocate(0);

        Reader(
                Iterator<BlockSource.Run> runs,
                Map<Digest, List<Integer>> pages,
                Sink sink,
                Lease lease) {
            this.runs = runs;
            this.pages = pages;
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
            if (stored.capacity() < run.storedBytes()) {
                stored = ByteBuffer.allocateDirect(Math.max(RUN_BYTES, run.storedBytes()));
            }
            source.read(run, stored);
            for (BlockSource.Found block : run.blocks()) {
                deliver(block, BlockSource.slice(run, block, stored));
            }
            lease.worked(run.storedBytes());
            return true;
        }

        private void deliver(BlockSource.Found block, ByteBuffer bytes) throws Exception {
            content.clear();
            decoder.check(block.entry(), bytes);
            decoder.decode(block.entry(), bytes, content);
            content.flip();
            Digest name = block.entry().name();
            for (int page : pages.getOrDefault(name, List.of())) {
                sink.block(page, content.duplicate(), name);
                lease.advance(block.entry().length());
            }
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
