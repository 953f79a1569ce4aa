package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.imageferry.blocks.BlockCarrier;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Digest;

/// Copies a part: what the destination lacks moves in its stored form, each block checked against the
/// SHA-256 that was taken when it was encoded, or opened if it was sealed. Nothing is decompressed on the
/// way, unless it is the contents that are to be checked.
final class PartCopier {
    private final Workshop shop;
    private final BlockCheck check;

    PartCopier(Workshop shop, BlockCheck check) {
        this.shop = shop;
        this.check = check;
    }

    /// @param part in the source's region
    /// @param from the scope of that
    /// @param builder of the part in the destination's region
    /// @param to the scope of that
    PartBuilder.Built copy(
            Parts.Part part, Region source, Seal from, PartBuilder builder, Seal to, Lease lease)
            throws Exception {
        Manifest manifest = Manifests.read(source.store(), part, from, DamageReports.of(shop));
        Map<Digest, Digest> missing = missing(manifest, builder, lease);
        BlockSource blocks =
                new BlockSource(
                        source.store(),
                        part.scope(),
                        shop.footers(),
                        shop.catalog(),
                        DamageReports.of(shop));
        List<BlockSource.Wanted> wanted = wanted(manifest, missing);
        FootersAhead.read(shop, source.store(), wanted);
        int mostContent =
                check == BlockCheck.CONTENT ? SegmentBuffers.ROOM_BYTES : Integer.MAX_VALUE;
        List<BlockSource.Run> runs = blocks.find(wanted, SegmentBuffers.PIECE_BYTES, mostContent);
        Iterator<BlockSource.Run> queue = runs.iterator();
        shop.lanes()
                .run(
                        () ->
                                new Mover(
                                        blocks,
                                        queue,
                                        missing,
                                        new BlockCarrier(from, to, shop.seals().salts()),
                                        check,
                                        builder,
                                        lease,
                                        shop.buffers()),
                        source.store().readsAtOnce());
        PartBuilder.Built built = builder.finish();
        if (!built.content().equals(manifest.content())) {
            throw new IllegalStateException("the copy of part " + part + " is not equal to it");
        }
        return built;
    }

    /// @return names in the source's scope of the blocks to bring, with the digests of their contents
    private static Map<Digest, Digest> missing(
            Manifest manifest, PartBuilder builder, Lease lease) {
        Set<Digest> contents = new HashSet<>(manifest.size() * 2);
        for (Manifest.Entry block : manifest.entries()) {
            builder.place(block.page(), block.length(), block.content());
            contents.add(block.content());
        }
        Set<Digest> missing = builder.missing(contents);
        Map<Digest, Digest> named = new HashMap<>(missing.size() * 2);
        for (Manifest.Entry block : manifest.entries()) {
            if (missing.contains(block.content())) {
                named.put(block.name(), block.content());
            } else {
                lease.advance(block.length());
            }
        }
        return named;
    }

    private static List<BlockSource.Wanted> wanted(Manifest manifest, Map<Digest, Digest> missing) {
        List<BlockSource.Wanted> wanted = new ArrayList<>(missing.size());
        Set<Digest> left = new HashSet<>(missing.keySet());
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
        private final Map<Digest, Digest> named;
        private final BlockCarrier carrier;
        private final BlockCheck check;
        private final PartBuilder builder;
        private final Lease lease;
        private final SegmentBuffers buffers;
        private final ByteBuffer buffer;

        Mover(
                BlockSource source,
                Iterator<BlockSource.Run> queue,
                Map<Digest, Digest> named,
                BlockCarrier carrier,
                BlockCheck check,
                PartBuilder builder,
                Lease lease,
                SegmentBuffers buffers) {
            this.source = source;
            this.queue = queue;
            this.named = named;
            this.carrier = carrier;
            this.check = check;
            this.builder = builder;
            this.lease = lease;
            this.buffers = buffers;
            this.buffer = buffers.takePiece();
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
            source.each(run, buffer, this::bring);
            lease.worked(run.storedBytes());
            return true;
        }

        private Map<Integer, DamagedException> bring(
                List<SegmentFooter.Entry> blocks, List<ByteBuffer> stored) throws Exception {
            Map<Integer, DamagedException> wrong =
                    switch (check) {
                        case STORED -> carrier.check(blocks, stored);
                        case CONTENT ->
                                buffers.inRoom(room -> carrier.checkContents(blocks, stored, room));
                    };
            for (int i = 0; i < blocks.size(); i++) {
                if (wrong.containsKey(i)) {
                    continue;
                }
                try {
                    bring(blocks.get(i), stored.get(i));
                } catch (DamagedException e) {
                    wrong.put(i, e);
                }
            }
            return wrong;
        }

        private void bring(SegmentFooter.Entry block, ByteBuffer stored) throws Exception {
            Digest content = Objects.requireNonNull(named.get(block.name()));
            builder.bring(content, carrier.carry(block, content, stored));
            lease.advance(block.length());
        }

        @Override
        public void close() {
            carrier.close();
            buffers.giveBackPiece(buffer);
        }
    }
}
