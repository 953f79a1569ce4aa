package org.imageferry.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imageferry.blocks.BlockEncoder;
import org.imageferry.blocks.BlockSealer;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.Seal;
import org.imageferry.domain.Digest;
import org.imageferry.format.DiskImage;
import org.imageferry.format.ImageFile;

/// Imports a part of a disk image: reads what is not a hole, cuts it into blocks, and compresses those
/// that the region lacks.
///
/// Cutting is sequential and cheap, so it happens as the lanes come for their next piece; hashing and
/// compressing are spread over them.
final class PartImporter {
    private final Workshop shop;

    PartImporter(Workshop shop) {
        this.shop = shop;
    }

    /// @param from where the part begins on the disk
    /// @param to where it ends, or the disk does
    /// @param seal of the scope that the part is made in
    PartBuilder.Built bring(
            DiskImage disk, long from, long to, PartBuilder builder, Seal seal, Lease lease)
            throws Exception {
        Feed feed = new Feed(disk, from, to);
        shop.lanes()
                .run(() ->
                        new Packer(
                                feed,
                                from,
                                builder,
                                new BlockSealer(seal, shop.seals().salts()),
                                lease,
                                shop.buffers()));
        return builder.finish();
    }

    /// Where there is data, in whole pages (the disk's last may be short), joined where they touch: so
    /// the blocks do not depend on how finely a file system tells its holes.
    static List<ImageFile.Stretch> pages(DiskImage disk, long from, long to) throws IOException {
        List<ImageFile.Stretch> pages = new ArrayList<>();
        for (ImageFile.Stretch stretch : disk.data(from, to)) {
            long start = stretch.offset() / PageCutter.PAGE_BYTES * PageCutter.PAGE_BYTES;
            long end = Math.min(to, roundUp(stretch.offset() + stretch.length()));
            if (!pages.isEmpty() && end(pages.getLast()) >= start) {
                start = pages.removeLast().offset();
            }
            pages.add(new ImageFile.Stretch(start, end - start));
        }
        return pages;
    }

    private static long roundUp(long offset) {
        return (offset + PageCutter.PAGE_BYTES - 1) / PageCutter.PAGE_BYTES * PageCutter.PAGE_BYTES;
    }

    private static long end(ImageFile.Stretch stretch) {
        return stretch.offset() + stretch.length();
    }

    private record Block(int offset, int length) {}

    /// Hands out the part's data piece by piece, cut into blocks.
    private static final class Feed {
        private final DiskImage disk;
        private final List<ImageFile.Stretch> stretches;
        private final PageCutter cutter = new PageCutter();
        private int at;
        private long position;

        Feed(DiskImage disk, long from, long to) throws IOException {
            this.disk = disk;
            this.stretches = pages(disk, from, to);
            this.position = stretches.isEmpty() ? to : stretches.getFirst().offset();
        }

        /// Fills `piece` with the next data and `blocks` with the blocks in it. What the cutter leaves
        /// over is read again with the next piece.
        ///
        /// @return where on the disk the piece begins; -1 if there is no more
        synchronized long next(ByteBuffer piece, List<Block> blocks) throws Exception {
            blocks.clear();
            if (at == stretches.size()) {
                return -1;
            }
            ImageFile.Stretch stretch = stretches.get(at);
            int length = (int) Math.min(piece.capacity(), end(stretch) - position);
            boolean last = position + length == end(stretch);
            piece.clear().limit(length);
            disk.read(position, piece);
            piece.flip();
            int used =
                    cutter.cut(
                            piece, last, (offset, bytes) -> blocks.add(new Block(offset, bytes)));
            long start = position;
            position += used;
            if (last) {
                at++;
                position = at == stretches.size() ? position : stretches.get(at).offset();
            }
            return start;
        }
    }

    /// Hashes, asks, compresses and appends, piece by piece.
    private static final class Packer implements Lane {
        private final Feed feed;
        private final long partStart;
        private final PartBuilder builder;
        private final Lease lease;
        private final BlockSealer sealer;
        private final BlockEncoder encoder = new BlockEncoder();
        private final SegmentBuffers buffers;
        private final ByteBuffer piece;
        private final List<Block> blocks = new ArrayList<>();

        Packer(
                Feed feed,
                long partStart,
                PartBuilder builder,
                BlockSealer sealer,
                Lease lease,
                SegmentBuffers buffers) {
            this.feed = feed;
            this.partStart = partStart;
            this.builder = builder;
            this.sealer = sealer;
            this.lease = lease;
            this.buffers = buffers;
            this.piece = buffers.takePiece();
        }

        @Override
        public boolean step() throws Exception {
            long start = feed.next(piece, blocks);
            if (start < 0) {
                return false;
            }
            List<Digest> names = encoder.names(blocks.stream().map(this::content).toList());
            for (int i = 0; i < names.size(); i++) {
                Block block = blocks.get(i);
                int page = (int) ((start + block.offset() - partStart) / PageCutter.PAGE_BYTES);
                builder.place(page, block.length(), names.get(i));
            }
            pack(names, builder.missing(new HashSet<>(names)));
            lease.worked(piece.limit());
            return true;
        }

        private ByteBuffer content(Block block) {
            return piece.slice(block.offset(), block.length());
        }

        private void pack(List<Digest> names, Set<Digest> missing) throws Exception {
            for (int i = 0; i < names.size(); i++) {
                Block block = blocks.get(i);
                if (missing.remove(names.get(i))) {
                    Digest digest = names.get(i);
                    builder.bring(digest, sealer.seal(encoder.encode(digest, content(block))));
                }
                lease.advance(block.length());
            }
        }

        @Override
        public void close() {
            encoder.close();
            buffers.giveBackPiece(piece);
        }
    }
}
