package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Damage;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Finds and reads the blocks of a scope in as few reads as can be: segment by segment, in the order
/// in which they lie there, neighbours together.
///
/// A location is a hint. Where a segment has gone or is known to be bad, and where a block turns out not
/// to be what was written, the index is asked again.
final class BlockSource {
    private static final int MOST_TRIES = 3;

    private final RegionStore store;
    private final Scope scope;
    private final FooterCache footers;
    private final Catalog catalog;
    private final DamageReports reports;

    /// @param reports hears of what is bad or missing
    BlockSource(
            RegionStore store,
            Scope scope,
            FooterCache footers,
            Catalog catalog,
            DamageReports reports) {
        this.store = store;
        this.scope = scope;
        this.footers = footers;
        this.catalog = catalog;
        this.reports = reports;
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

    /// @param mostStored bytes of the longest run that may come back, but for runs of a single block
    /// @param mostContent and of the contents of all its blocks
    /// @throws DamagedException if no place is known where a block can be read
    List<Run> find(List<Wanted> wanted, int mostStored, int mostContent)
            throws StoreException, DamagedException {
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
        return runs(found, mostStored, mostContent);
    }

    /// @return those that are not where they should be
    private List<Wanted> resolve(List<Wanted> wanted, List<Found> found) throws StoreException {
        Map<ObjectId, List<Wanted>> bySegment = new TreeMap<>();
        for (Wanted block : wanted) {
            bySegment
                    .computeIfAbsent(block.location().segment(), _ -> new ArrayList<>())
                    .add(block);
        }
        Damage.Places bad =
                catalog.read(tables -> tables.damage().among(scope.region(), bySegment.keySet()));
        List<Wanted> gone = new ArrayList<>();
        for (Map.Entry<ObjectId, List<Wanted>> segment : bySegment.entrySet()) {
            Optional<SegmentFooter> footer =
                    bad.objects().contains(segment.getKey())
                            ? Optional.empty()
                            : footer(segment.getKey());
            for (Wanted block : segment.getValue()) {
                footer.filter(_ -> !bad.has(block.location()))
                        .flatMap(it -> entry(it, block))
                        .ifPresentOrElse(found::add, () -> gone.add(block));
            }
        }
        return gone;
    }

    private Optional<SegmentFooter> footer(ObjectId segment) throws StoreException {
        try {
            SegmentFooter footer = footers.get(store, segment);
            if (footer.scope().equals(scope)) {
                return Optional.of(footer);
            }
            reports.lost(segment, "it is of " + footer.scope());
        } catch (DamagedException e) {
            reports.lost(segment, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            requireDamage(e);
            reports.lost(segment, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static void requireDamage(StoreException failure) throws StoreException {
        if (!DamageReports.isDamage(failure)) {
            throw failure;
        }
    }

    private static Optional<Found> entry(SegmentFooter footer, Wanted block) {
        BlockLocation place = block.location();
        return footer.find(place.ordinal(), block.name())
                .map(entry -> new Found(place.segment(), place.ordinal(), entry));
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
                        "it can't be read in segment "
                                + block.location().segment()
                                + ", and no other place is known");
            }
            again.add(new Wanted(block.name(), location));
        }
        return again;
    }

    private static List<Run> runs(List<Found> sorted, int mostStored, int mostContent) {
        List<Run> runs = new ArrayList<>();
        List<Found> run = new ArrayList<>();
        long content = 0;
        for (Found block : sorted) {
            int length = block.entry().length();
            if (!run.isEmpty()
                    && !(joins(run, block, mostStored) && length <= mostContent - content)) {
                runs.add(new Run(run));
                run = new ArrayList<>();
                content = 0;
            }
            run.add(block);
            content += length;
        }
        if (!run.isEmpty()) {
            runs.add(new Run(run));
        }
        return runs;
    }

    private static boolean joins(List<Found> run, Found block, int mostStored) {
        Found last = run.getLast();
        return last.segment().equals(block.segment())
                && last.end() == block.entry().offset()
                && block.end() - run.getFirst().entry().offset() <= mostStored;
    }

    /// Takes blocks as they are stored.
    interface Taker {
        /// @param blocks what their segments say of them
        /// @param stored of each, in the same order; good until this returns
        /// @return what is wrong with those that are not what was written, by their place in the lists;
        ///     if they can be read elsewhere, they come again
        Map<Integer, DamagedException> take(
                List<SegmentFooter.Entry> blocks, List<ByteBuffer> stored) throws Exception;
    }

    /// Reads a run and hands its blocks on. Those that are bad or missing there are read where the index
    /// says, if it knows another place.
    ///
    /// @param into has room for the run from its start
    /// @throws DamagedException if a block can't be read anywhere
    void each(Run run, ByteBuffer into, Taker taker) throws Exception {
        try {
            read(run, into);
        } catch (StoreException e) {
            requireDamage(e);
            passOver(run.segment(), e);
            for (Found block : run.blocks()) {
                elsewhere(block, taker);
            }
            return;
        }
        List<Found> blocks = run.blocks();
        Map<Integer, DamagedException> wrong =
                taker.take(
                        blocks.stream().map(Found::entry).toList(),
                        blocks.stream().map(block -> slice(run, block, into)).toList());
        for (Map.Entry<Integer, DamagedException> bad : wrong.entrySet()) {
            Found block = blocks.get(bad.getKey());
            report(block, bad.getValue());
            elsewhere(block, taker);
        }
    }

    private void report(Found block, DamagedException why) {
        reports.bad(
                block.segment(),
                Map.of(block.ordinal(), block.entry().name()),
                String.valueOf(why.getMessage()));
    }

    private void passOver(ObjectId segment, StoreException why) {
        footers.forget(segment);
        reports.lost(segment, String.valueOf(why.getMessage()));
    }

    private void elsewhere(Found block, Taker taker) throws Exception {
        Wanted wanted = new Wanted(block.entry().name(), block.location());
        for (int tries = 1; ; tries++) {
            List<Wanted> again = askAgain(List.of(wanted), 1);
            Run other = find(again, 0, 0).getFirst();
            ByteBuffer bytes = ByteBuffer.allocate(other.storedBytes());
            try {
                read(other, bytes);
            } catch (StoreException e) {
                requireDamage(e);
                passOver(other.segment(), e);
                if (tries >= MOST_TRIES) {
                    throw e;
                }
                continue;
            }
            takeLast(other.blocks().getFirst(), bytes, taker);
            return;
        }
    }

    private void takeLast(Found block, ByteBuffer bytes, Taker taker) throws Exception {
        Map<Integer, DamagedException> wrong = taker.take(List.of(block.entry()), List.of(bytes));
        if (!wrong.isEmpty()) {
            DamagedException why = wrong.values().iterator().next();
            report(block, why);
            throw why;
        }
    }

    /// Reads a run.
    ///
    /// @param into has room for it from its start; afterwards it holds the run, from 0 to its limit
    private void read(Run run, ByteBuffer into) throws StoreException {
        into.clear().limit(run.storedBytes());
        store.read(StoreLayout.segment(run.segment()), run.offset(), into);
        into.flip();
    }

    /// The bytes of a block within its run, as stored.
    private static ByteBuffer slice(Run run, Found block, ByteBuffer bytes) {
        return bytes.slice(block.entry().offset() - run.offset(), block.entry().storedLength());
    }
}
