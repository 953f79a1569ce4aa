package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;

/// Packs blocks of one scope into a segment, in memory. One per thread.
public final class SegmentBuilder {
    /// What the blocks of a segment may take in all.
    public static final int SEGMENT_BYTES = 16 << 20;

    /// What a buffer must hold: the blocks and the longest footer.
    public static final int BUFFER_BYTES = SEGMENT_BYTES + SegmentFormat.MOST_FOOTER_BYTES;

    private final ObjectId id;
    private final byte[] scope;
    private final boolean sealed;
    private final ByteBuffer buffer;
    private final List<Digest> names = new ArrayList<>();
    private int blockBytes;
    private boolean finished;

    /// @param buffer of at least [#BUFFER_BYTES], the builder's alone until the finished segment is
    ///     written; what is in it goes, its position and limit stay
    public SegmentBuilder(ObjectId id, Scope scope, ByteBuffer buffer) {
        if (buffer.capacity() < BUFFER_BYTES) {
            throw new IllegalArgumentException(
                    "a segment needs " + BUFFER_BYTES + " bytes, not " + buffer.capacity());
        }
        this.id = id;
        this.scope = ScopeText.of(scope);
        this.sealed = scope.key().isPresent();
        this.buffer = buffer.duplicate().clear();
    }

    public ObjectId id() {
        return id;
    }

    /// Whether there is room for one more block. An empty segment has room for any.
    public boolean fits(int storedLength) {
        return names.size() < SegmentFormat.MOST_BLOCKS
                && storedLength <= SEGMENT_BYTES - blockBytes;
    }

    /// Adds a block; its stored bytes are copied.
    ///
    /// @return its ordinal
    public int append(EncodedBlock block) {
        return append(block, block.stored());
    }

    /// Adds a block as another segment holds it. The caller has checked it.
    ///
    /// @param stored from position to limit, which stay as they are; copied
    /// @return its ordinal
    public int append(StoredBlock block, ByteBuffer stored) {
        int storedLength = stored.remaining();
        if (finished || !fits(storedLength)) {
            throw new IllegalStateException("segment " + id + " has no room left");
        }
        if (block.codec().isSealed() != sealed) {
            throw new IllegalArgumentException("a segment holds sealed blocks or others: " + block);
        }
        if (storedLength != block.storedLength()
                || !block.codec().allows(storedLength, block.length())) {
            throw new IllegalArgumentException("lengths that can't be: " + block);
        }
        buffer.put(blockBytes, stored, stored.position(), storedLength);
        int ordinal = names.size();
        // The entries wait behind the room for the blocks, to be moved up at the end.
        SegmentFormat.putEntry(buffer, SEGMENT_BYTES, ordinal, block);
        names.add(block.name());
        blockBytes += storedLength;
        return ordinal;
    }

    /// The names of the blocks, by ordinal.
    public List<Digest> names() {
        return List.copyOf(names);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /// The whole segment, from position 0 to its limit, in the builder's buffer. Nothing can be added
    /// afterwards.
    public ByteBuffer finish() {
        if (finished || isEmpty()) {
            throw new IllegalStateException("segment " + id + " is empty or was finished before");
        }
        finished = true;
        int entryBytes = names.size() * SegmentFormat.ENTRY_BYTES;
        buffer.put(blockBytes, buffer, SEGMENT_BYTES, entryBytes);
        buffer.position(blockBytes + entryBytes).put(scope);
        SegmentFormat.putTrailer(buffer, sealed, scope.length, names.size(), blockBytes, id);
        int footerBytes = buffer.position() - blockBytes;
        new Sha256().of(buffer.slice(blockBytes, footerBytes)).putTo(buffer);
        return buffer.slice(0, buffer.position());
    }
}
