package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Finds and reads the blocks of a scope in as few reads as can be: segment by segment, in the order
/// in which they lie there, neighbours together.
///
/// A location is a hint. Where a segment has gone, the index is asked again.
final class BlockSource {
    private static final int MOST_TRIES = 3;

    private final RegionStore store;
    private final Scope scope;
    private final FooterCache footers;
    private final Catalog catalog;

    BlockSource(RegionStore store, Scope scope, FooterCache footers, Catalog catalog) {
        this.store = store;
        this.scope = scope;
        this.footers = footers;
        this.catalog = catalog;
    }

    /// A block that is wanted, and where it probably lies.
    record Wanted(Digest name, BlockLocation location) {}

    /// A block found: what its segment says of it.
    record Found(ObjectId segment, int ordinal, SegmentFooter.Entry entry) {
        BlockLocation location() {
            return new BlockLocation(segment, ordinal);
        }

        int end() {
            return entry.offset() + entry.storedLength();
        }
    }

    /// Blocks of one segment that lie side by side, to be read at once.
    record Run(List<Found> blocks) {
        ObjectId segment() {
            return blocks.getFirst().segment();
        }

        int offset() {
            return blocks.getFirst().entry().offset();
        }

        int storedBytes() {
            return blocks.getLast().end() - offset();
        }
    }

    /// @param mostBytes the longest run that may come back
    /// @throws DamagedException if a segment does not hold what it should, or none has a block
    List<Run> find(List<Wanted> wanted, int mostBytes) throws StoreException, DamagedException {
        List<Found> found = new ArrayList<>(wanted.size());
        List<Wanted> left = wanted;
        for (int tries = 0; !left.isEmpty(); tries++) {
            if (tries > 0) {
                left = askAgain(left, tries);
            }
            left = resolve(left, found);
        }
        found.sort(
                Comparator.comparing(Found::segment)
                        .thenComparingInt(block -> block.entry().offset()));
        return runs(found, mostBytes);
    }

    /// @return those whose segment has gone
    private List<Wanted> resolve(List<Wanted> wanted, List<Found> found)
            throws StoreException, DamagedException {
        Map<ObjectId, List<Wanted>> bySegment = new TreeMap<>();
        for (Wanted block : wanted) {
            bySegment
                    .computeIfAbsent(block.location().segment(), _ -> new ArrayList<>())
                    .add(block);
        }
        List<Wanted> gone = new ArrayList<>();
        for (Map.Entry<ObjectId, List<Wanted>> segment : bySegment.entrySet()) {
            try {
                SegmentFooter footer = footers.get(store, segment.getKey());
                for (Wanted block : segment.getValue()) {
                    found.add(entry(footer, block));
                }
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
                gone.addAll(segment.getValue());
            }
        }
        return gone;
    }

    private Found entry(SegmentFooter footer, Wanted block) throws DamagedException {
        int ordinal = block.location().ordinal();
        ObjectId segment = block.location().segment();
        if (!footer.scope().equals(scope)) {
            throw new DamagedException("segment " + segment, "it is of " + footer.scope());
        }
        return footer.find(ordinal, block.name())
                .map(entry -> new Found(segment, ordinal, entry))
                .orElseThrow(() ->
                        new DamagedException(
                                "segment " + segment,
                                "block " + block.name() + " is not its block " + ordinal));
    }

    private List<Wanted> askAgain(List<Wanted> gone, int tries) throws DamagedException {
        List<Digest> names = gone.stream().map(Wanted::name).toList();
        Map<Digest, BlockLocation> now = catalog.read(tables -> tables.index().find(scope, names));
        List<Wanted> again = new ArrayList<>();
        for (Wanted block : gone) {
            BlockLocation location = now.get(block.name());
            if (location == null || tries >= MOST_TRIES) {
                throw new DamagedException(
                        "block " + block.name() + " of " + scope,
                        "its segment " + block.location().segment() + " is not in the store");
            }
            again.add(new Wanted(block.name(), location));
        }
        return again;
    }

    private static List<Run> runs(List<Found> sorted, int mostBytes) {
        List<Run> runs = new ArrayList<>();
        List<Found> run = new ArrayList<>();
        for (Found block : sorted) {
            if (!run.isEmpty() && !joins(run, block, mostBytes)) {
                runs.add(new Run(run));
                run = new ArrayList<>();
            }
            run.add(block);
        }
        if (!run.isEmpty()) {
            runs.add(new Run(run));
        }
        return runs;
    }

    private static boolean joins(List<Found> run, Found block, int mostBytes) {
        Found last = run.getLast();
        return last.segment().equals(block.segment())
                && last.end() == block.entry().offset()
                && block.end() - run.getFirst().entry().offset() <= mostBytes;
    }

    /// Takes a block as it is stored.
    interface Taker {
        /// @param bytes good until this returns
        /// @throws DamagedException if that is not what was written
        void take(Found block, ByteBuffer bytes) throws Exception;
    }

    /// Reads a run and hands its blocks on. If its segment has gone since it was found, they are read
    /// where the index says.
    ///
    /// @param into has room for the run from its start
    /// @throws DamagedException if a block can't be read anywhere
    void each(Run run, ByteBuffer into, Taker taker) throws Exception {
        try {
            read(run, into);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
            footers.forget(run.segment());
            for (Found block : run.blocks()) {
                elsewhere(block, taker);
            }
            return;
        }
        for (Found block : run.blocks()) {
            taker.take(block, slice(run, block, into));
        }
    }

    private void elsewhere(Found block, Taker taker) throws Exception {
        Wanted wanted = new Wanted(block.entry().name(), block.location());
        for (int tries = 1; ; tries++) {
            Run other = find(List.of(wanted), block.entry().storedLength()).getFirst();
            ByteBuffer bytes = ByteBuffer.allocate(other.storedBytes());
            try {
                read(other, bytes);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING || tries >= MOST_TRIES) {
                    throw e;
                }
                footers.forget(other.segment());
                continue;
            }
            taker.take(other.blocks().getFirst(), bytes);
            return;
        }
    }

    /// Reads a run.
    ///
    /// @param into has room for it from its start; afterwards it holds the run, from 0 to its limit
    void read(Run run, ByteBuffer into) throws StoreException {
        into.clear().limit(run.storedBytes());
        store.read(StoreLayout.segment(run.segment()), run.offset(), into);
        into.flip();
    }

    /// The bytes of a block within its run, as stored.
    static ByteBuffer slice(Run run, Found block, ByteBuffer bytes) {
        return bytes.slice(block.entry().offset() - run.offset(), block.entry().storedLength());
    }
}
