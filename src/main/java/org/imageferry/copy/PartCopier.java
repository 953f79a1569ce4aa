package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.imageferry.blocks.BlockDecoder;
import org.imageferry.blocks.EncodedBlock;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.Digest;

/// Copies a part: what the destination lacks moves in its stored form, each block checked against the
/// SHA-256 that was taken when it was encoded. Nothing is decompressed on the way.
final class PartCopier {
    /// Bytes read at once: long enough for any disk, short enough to spread over the lanes.
    private static final int RUN_BYTES = 2 << 20;

    private final Workshop shop;

    PartCopier(Workshop shop) {
        this.shop = shop;
    }

    /// @param from the part in the source's region
    /// @param builder of the part in the destination's
    PartBuilder.Built copy(Parts.Part from, Region source, PartBuilder builder, Lease lease)
            throws Exception {
        Manifest manifest = Manifests.read(source.store(), from);
        Set<Digest> missing = missing(manifest, builder, lease);
        BlockSource blocks =
                new BlockSource(source.store(), from.scope(), shop.footers(), shop.catalog());
        List<BlockSource.Run> runs = blocks.find(wanted(manifest, missing), RUN_BYTES);
        Iterator<BlockSource.Run> queue = runs.iterator();
        shop.lanes().run(() -> new Mover(blocks, queue, builder, lease));
        return builder.finish();
    }

    private static Set<Digest> missing(Manifest manifest, PartBuilder builder, Lease lease) {
        Set<Digest> names = new HashSet<>(manifest.size() * 2);
        for (Manifest.Entry block : manifest.entries()) {
            builder.place(block.page(), block.length(), block.name());
            names.add(block.name());
        }
        Set<Digest> missing = builder.missing(names);
        for (Manifest.Entry block : manifest.entries()) {
            if (!missing.contains(block.name())) {
                lease.advance(block.length());
            }
        }
        return missing;
    }

    private static List<BlockSource.Wanted> wanted(Manifest manifest, Set<Digest> missing) {
        List<BlockSource.Wanted> wanted = new ArrayList<>(missing.size());
        Set<Digest> left = new HashSet<>(missing);
        for (Manifest.Entry block : manifest.entries()) {
            if (left.remove(block.name())) {
                wanted.add(new BlockSource.Wanted(block.name(), block.location()));
            }
        }
        return wanted;
    }

    /// Reads, checks and appends, run by run.
    private static final class Mover implements Lane {
        private final BlockSource source;
        private final Iterator<BlockSource.Run> queue;
        private final PartBuilder builder;
        private final Lease lease;
        private final BlockDecoder decoder = new BlockDecoder();
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        Mover(
                BlockSource source,
                Iterator<BlockSource.Run> queue,
                PartBuilder builder,
                Lease lease) {
            this.source = source;
            this.queue = queue;
            this.builder = builder;
            this.lease = lease;
        }

        @Override
        public boolean step() throws Exception {
            BlockSource.Run run;
            synchronized (queue) {
                if (!queue.hasNext()) {
                    return false;
                }
                run = queue.next();
            }
            move(run);
            lease.worked(run.storedBytes());
            return true;
        }

        private void move(BlockSource.Run run) throws Exception {
            if (buffer.capacity() < run.storedBytes()) {
                buffer = ByteBuffer.allocateDirect(Math.max(RUN_BYTES, run.storedBytes()));
            }
            source.read(run, buffer);
            for (BlockSource.Found block : run.blocks()) {
                ByteBuffer stored = BlockSource.slice(run, block, buffer);
                decoder.check(block.entry(), stored);
                builder.bring(encoded(block.entry(), stored));
                lease.advance(block.entry().length());
            }
        }

        private static EncodedBlock encoded(SegmentFooter.Entry entry, ByteBuffer stored) {
            return new EncodedBlock(
                    entry.name(), entry.length(), entry.codec(), entry.checksum(), stored);
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
