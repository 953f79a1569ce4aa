package org.imageferry.copy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;

/// What parts read in one segment.
final class SegmentUse {
    private final StoredObject segment;
    private final SegmentFooter footer;
    private final Map<Parts.Part, BitSet> read = new HashMap<>();
    private Map<Digest, BlockLocation> indexed = Map.of();

    SegmentUse(StoredObject segment, SegmentFooter footer) {
        this.segment = segment;
        this.footer = footer;
    }

    ObjectId id() {
        return segment.id();
    }

    /// Its length in the store.
    long bytes() {
        return segment.bytes();
    }

    /// Notes that a part reads a block here.
    ///
    /// @return false if there is no such block
    boolean read(Parts.Part by, int ordinal, Digest name) {
        boolean there = footer.find(ordinal, name).isPresent();
        if (there) {
            read.computeIfAbsent(by, _ -> new BitSet()).set(ordinal);
        }
        return there;
    }

    /// Notes where the index says that the [#live] blocks are.
    void indexed(Map<Digest, BlockLocation> places) {
        indexed = places;
    }

    /// The ordinals of the blocks that any part reads here.
    private BitSet live() {
        BitSet live = new BitSet();
        read.values().forEach(live::or);
        return live;
    }

    /// All blocks that any part reads here, as they lie here.
    List<SegmentFooter.Entry> liveBlocks() {
        return live().stream().mapToObj(footer::entry).toList();
    }

    /// Whether the index knows a live block in another segment than these.
    boolean isElsewhere(Digest name, Collection<ObjectId> segments) {
        BlockLocation place = indexed.get(name);
        return place != null && !segments.contains(place.segment());
    }

    /// Which of its live blocks this is.
    int ordinal(SegmentFooter.Entry block) {
        return live().stream()
                .filter(ordinal -> footer.entry(ordinal).offset() == block.offset())
                .findFirst()
                .orElseThrow();
    }

    /// The names of the blocks that this part reads here.
    List<Digest> namesOf(Parts.Part part) {
        List<Digest> names = new ArrayList<>();
        read.getOrDefault(part, new BitSet()).stream()
                .forEach(ordinal -> names.add(footer.entry(ordinal).name()));
        return names;
    }

    /// Bytes of blocks that need not be here: no part reads them, or the index knows them elsewhere.
    long deadBytes() {
        long all = 0;
        for (SegmentFooter.Entry block : footer.entries()) {
            all += block.storedLength();
        }
        long needed =
                liveBlocks().stream()
                        .filter(block -> !isElsewhere(block.name(), List.of(id())))
                        .mapToLong(SegmentFooter.Entry::storedLength)
                        .sum();
        return all - needed;
    }
}
