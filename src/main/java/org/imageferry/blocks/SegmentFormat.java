package org.imageferry.blocks;

import java.nio.ByteBuffer;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;

/// How a segment is laid out: blocks, one entry for each, the scope, a trailer. `docs/design/format.md`
/// draws it.
///
/// What describes the blocks stands behind them, since a segment is written as they come. A block's
/// place is the sum of the stored lengths before it, so no two can overlap.
final class SegmentFormat {
    private static final int VERSION = 1;
    private static final int SEALED_VERSION = 2;
    static final int MOST_BLOCKS = 1024;

    static final int NAME = 0;
    static final int CHECKSUM = NAME + Digest.BYTES;
    static final int STORED_LENGTH = CHECKSUM + Digest.BYTES;
    static final int LENGTH = STORED_LENGTH + Integer.BYTES;
    static final int CODEC = LENGTH + Integer.BYTES;
    static final int ENTRY_BYTES = CODEC + Integer.BYTES;

    static final int TRAILER_BYTES =
            Long.BYTES + 2 * Short.BYTES + 2 * Integer.BYTES + ObjectId.BYTES + Digest.BYTES;
    static final int MOST_FOOTER_BYTES =
            MOST_BLOCKS * ENTRY_BYTES + ScopeText.MOST_BYTES + TRAILER_BYTES;

    private static final long MAGIC = 0x4645525259534547L; // FERRYSEG

    /// The fixed end of a segment.
    ///
    /// @param blockBytes what the blocks take, and so where the footer begins
    /// @param checksum of all from the first entry up to here
    record Trailer(
            int version, int scopeBytes, int blocks, int blockBytes, ObjectId id, Digest checksum) {
        /// Whether its blocks are sealed.
        boolean sealed() {
            return version == SEALED_VERSION;
        }

        /// How long entries, scope and trailer are together.
        long footerBytes() {
            return (long) blocks * ENTRY_BYTES + scopeBytes + TRAILER_BYTES;
        }
    }

    private SegmentFormat() {}

    /// Writes entry `ordinal` of the entries that begin at `entries`.
    static void putEntry(ByteBuffer bytes, int entries, int ordinal, StoredBlock block) {
        ByteBuffer entry = bytes.slice(entries + ordinal * ENTRY_BYTES, ENTRY_BYTES);
        block.name().putTo(entry);
        block.checksum().putTo(entry);
        entry.putInt(block.storedLength());
        entry.putInt(block.length());
        entry.putInt(block.codec().number());
    }

    /// Writes all of a trailer but its checksum.
    static void putTrailer(
            ByteBuffer bytes,
            boolean sealed,
            int scopeBytes,
            int blocks,
            int blockBytes,
            ObjectId id) {
        bytes.putLong(MAGIC);
        bytes.putShort((short) (sealed ? SEALED_VERSION : VERSION));
        bytes.putShort((short) scopeBytes);
        bytes.putInt(blocks);
        bytes.putInt(blockBytes);
        id.putTo(bytes);
    }

    /// Reads the trailer at the end of `tail`, and believes its counts only if they can be true.
    static Trailer trailer(ByteBuffer tail, long segmentBytes, Inspection segment)
            throws DamagedException {
        ByteBuffer bytes = tail.slice(tail.limit() - TRAILER_BYTES, TRAILER_BYTES);
        segment.require(bytes.getLong() == MAGIC, "its magic is missing");
        Trailer trailer =
                new Trailer(
                        Short.toUnsignedInt(bytes.getShort()),
                        Short.toUnsignedInt(bytes.getShort()),
                        bytes.getInt(),
                        bytes.getInt(),
                        ObjectId.of(bytes),
                        Digest.of(bytes));
        segment.require(
                trailer.version() == VERSION || trailer.version() == SEALED_VERSION,
                "its version is "
                        + trailer.version()
                        + ", this program knows up to "
                        + SEALED_VERSION);
        segment.require(
                trailer.blocks() >= 1 && trailer.blocks() <= MOST_BLOCKS,
                "its count of blocks is " + trailer.blocks());
        segment.require(
                trailer.scopeBytes() <= ScopeText.MOST_BYTES,
                "its scope takes " + trailer.scopeBytes() + " bytes");
        segment.require(
                trailer.blockBytes() >= 0 && trailer.blockBytes() <= SegmentBuilder.SEGMENT_BYTES,
                "its blocks take " + trailer.blockBytes() + " bytes");
        segment.require(
                trailer.blockBytes() + trailer.footerBytes() == segmentBytes,
                "it is " + segmentBytes + " bytes long, which its trailer does not say");
        return trailer;
    }
}
