package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// What a segment says about its blocks. Any number of threads may read it.
///
/// It keeps the entries as they are stored, 76 bytes each and 4 for the offset, and makes records of
/// them only when asked.
public final class SegmentFooter {
    private final Scope scope;
    private final ByteBuffer packed;
    private final int[] offsets;

    /// @param offset of the stored bytes in the segment
    public record Entry(
            Digest name, int offset, int storedLength, int length, Codec codec, Digest checksum)
            implements StoredBlock {}

    private SegmentFooter(Scope scope, ByteBuffer packed, int[] offsets) {
        this.scope = scope;
        this.packed = packed;
        this.offsets = offsets;
    }

    /// Reads and checks the footer of a segment: its length and one read of at most 78 KiB.
    ///
    /// @throws StoreException `MISSING` if there is no such segment
    /// @throws DamagedException if any of it is not as a writer leaves it
    public static SegmentFooter read(RegionStore store, ObjectId id)
            throws StoreException, DamagedException {
        Inspection segment = new Inspection("segment " + id);
        var name = StoreLayout.segment(id);
        long length = store.length(name);
        segment.require(length >= SegmentFormat.TRAILER_BYTES, "it is too short for a trailer");
        int tailBytes = (int) Math.min(length, SegmentFormat.MOST_FOOTER_BYTES);
        ByteBuffer tail = ByteBuffer.allocate(tailBytes);
        store.read(name, length - tailBytes, tail);
        return parse(id, length, tail.rewind(), segment);
    }

    private static SegmentFooter parse(
            ObjectId id, long segmentBytes, ByteBuffer tail, Inspection segment)
            throws DamagedException {
        SegmentFormat.Trailer trailer = SegmentFormat.trailer(tail, segmentBytes, segment);
        ByteBuffer footer =
                tail.slice(tail.limit() - (int) trailer.footerBytes(), (int) trailer.footerBytes());
        ByteBuffer covered = footer.slice(0, footer.limit() - Digest.BYTES);
        segment.require(
                new Sha256().of(covered).equals(trailer.checksum()),
                "its footer has another checksum");
        segment.require(trailer.id().equals(id), "it says it is segment " + trailer.id());
        int entryBytes = trailer.blocks() * SegmentFormat.ENTRY_BYTES;
        Optional<Scope> scope = ScopeText.parse(footer.slice(entryBytes, trailer.scopeBytes()));
        segment.require(scope.isPresent(), "its scope is none");
        segment.require(
                scope.get().key().isPresent() == trailer.sealed(),
                "its version is not that of its scope");
        ByteBuffer packed = ByteBuffer.allocate(entryBytes).put(0, footer, 0, entryBytes);
        int[] offsets = offsets(packed, trailer, segment);
        segment.require(
                offsets[trailer.blocks()] == trailer.blockBytes(),
                "its blocks' lengths do not add up to " + trailer.blockBytes());
        return new SegmentFooter(scope.orElseThrow(), packed, offsets);
    }

    /// Where each block begins, and where the last one ends.
    private static int[] offsets(
            ByteBuffer packed, SegmentFormat.Trailer trailer, Inspection segment)
            throws DamagedException {
        int blocks = trailer.blocks();
        int[] offsets = new int[blocks + 1];
        for (int i = 0; i < blocks; i++) {
            int at = i * SegmentFormat.ENTRY_BYTES;
            int storedLength = packed.getInt(at + SegmentFormat.STORED_LENGTH);
            int length = packed.getInt(at + SegmentFormat.LENGTH);
            Optional<Codec> codec = Codec.of(packed.getInt(at + SegmentFormat.CODEC));
            if (codec.isEmpty()) {
                throw new DamagedException(segment.what(), "block " + i + " has an unknown codec");
            }
            if (codec.get().isSealed() != trailer.sealed()) {
                throw new DamagedException(
                        segment.what(),
                        "block "
                                + i
                                + (trailer.sealed()
                                        ? " is not sealed"
                                        : " is sealed, and its scope is not"));
            }
            if (!codec.get().allows(storedLength, length)) {
                throw new DamagedException(segment.what(), "block " + i + " has lengths none has");
            }
            offsets[i + 1] = offsets[i] + storedLength; // at most 1,024 times 256 KiB
        }
        return offsets;
    }

    public Scope scope() {
        return scope;
    }

    /// How many blocks the segment holds, 1 to 1,024.
    public int size() {
        return offsets.length - 1;
    }

    /// By ordinal; each is made when it is asked for.
    public List<Entry> entries() {
        return LazyList.of(size(), this::entry);
    }

    /// @param ordinal from 0, less than [#size]
    public Entry entry(int ordinal) {
        Objects.checkIndex(ordinal, size());
        int at = ordinal * SegmentFormat.ENTRY_BYTES;
        return new Entry(
                digest(at + SegmentFormat.NAME),
                offsets[ordinal],
                offsets[ordinal + 1] - offsets[ordinal],
                packed.getInt(at + SegmentFormat.LENGTH),
                Codec.of(packed.getInt(at + SegmentFormat.CODEC)).orElseThrow(),
                digest(at + SegmentFormat.CHECKSUM));
    }

    /// The block at this ordinal if it has this name: a location is a hint.
    public Optional<Entry> find(int ordinal, Digest name) {
        if (ordinal < 0 || ordinal >= size()) {
            return Optional.empty();
        }
        Entry entry = entry(ordinal);
        return entry.name().equals(name) ? Optional.of(entry) : Optional.empty();
    }

    private Digest digest(int at) {
        return Digest.of(packed.slice(at, Digest.BYTES));
    }
}
