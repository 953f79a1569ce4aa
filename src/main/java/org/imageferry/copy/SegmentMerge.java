package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.Sha256;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Moves what parts read in some segments into one new segment, so that nothing needs the old ones any
/// more. Blocks move as they are stored, each checked against its SHA-256; nothing is opened or decoded.
///
/// Manifests stay as they are. What keeps all blocks reachable is settled in one transaction: for each
/// block of a part, the part needs the segment at the place that its manifest names, or it needs the
/// segment that the index leads to. So what the index knows elsewhere is not moved; the parts need that
/// place instead.
final class SegmentMerge {
    /// Bytes read at once.
    private static final int RUN_BYTES = 2 << 20;

    private final Workshop shop;
    private final Courtesy courtesy;
    private final RegionStore store;
    private final Scope scope;
    private final SegmentUses uses;
    private final List<SegmentUse> old;
    private final Set<ObjectId> oldIds;
    private final Set<Digest> moving = new HashSet<>();

    /// @param old segments whose live blocks fit into one
    SegmentMerge(
            Workshop shop,
            Courtesy courtesy,
            RegionStore store,
            Scope scope,
            SegmentUses uses,
            List<SegmentUse> old) {
        this.shop = shop;
        this.courtesy = courtesy;
        this.store = store;
        this.scope = scope;
        this.uses = uses;
        this.old = old;
        this.oldIds = Set.copyOf(old.stream().map(SegmentUse::id).toList());
    }

    /// @return nothing if anything changed meanwhile, or is damaged: then all is as before
    Optional<Compacted> run() throws StoreException {
        List<Run> runs = runs();
        if (runs.isEmpty()) {
            return shop.catalog()
                    .write(tables -> settle(tables, Optional.empty()))
                    .map(moved -> done(moved, 0));
        }
        ObjectId id = shop.ids().object();
        reserve(id);
        ByteBuffer buffer = shop.buffers().takeSpare();
        try {
            SegmentBuilder builder = new SegmentBuilder(id, scope, buffer);
            for (Run run : runs) {
                if (!move(run, builder)) {
                    return Optional.empty();
                }
                courtesy.giveWay();
            }
            return write(builder);
        } finally {
            shop.buffers().giveBackSpare(buffer);
        }
    }

    private Compacted done(SegmentUses.Moved moved, long newBytes) {
        uses.moved(oldIds, moved);
        long oldBytes = old.stream().mapToLong(SegmentUse::bytes).sum();
        return new Compacted(old.size(), oldBytes, newBytes, false);
    }

    /// Blocks that lie side by side, and all move.
    private record Run(ObjectId segment, List<SegmentFooter.Entry> blocks) {
        int offset() {
            return blocks.getFirst().offset();
        }

        int end() {
            return blocks.getLast().offset() + blocks.getLast().storedLength();
        }

        boolean takes(SegmentFooter.Entry block) {
            return end() == block.offset()
                    && block.offset() + block.storedLength() - offset() <= RUN_BYTES;
        }
    }

    /// What moves, in the order in which it lies there: neighbours stay neighbours.
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (SegmentUse use : old) {
            Optional<Run> last = Optional.empty();
            for (SegmentFooter.Entry block : use.liveBlocks()) {
                if (use.isElsewhere(block.name(), oldIds) || !moving.add(block.name())) {
                    continue;
                }
                if (last.isEmpty() || !last.get().takes(block)) {
                    last = Optional.of(new Run(use.id(), new ArrayList<>()));
                    runs.add(last.get());
                }
                last.get().blocks().add(block);
            }
        }
        return runs;
    }

    private void reserve(ObjectId id) {
        shop.catalog()
                .write(tables -> {
                    tables.objects()
                            .reserve(
                                    StoredObjects.NOBODY,
                                    scope,
                                    StoredObjects.Kind.SEGMENT,
                                    List.of(id));
                    return id;
                });
    }

    /// @return false if these are not the bytes that were stored
    private boolean move(Run run, SegmentBuilder builder) throws StoreException {
        ByteBuffer bytes = ByteBuffer.allocate(run.end() - run.offset());
        try {
            store.read(StoreLayout.segment(run.segment()), run.offset(), bytes);
        } catch (StoreException e) {
            uses.lost(run.segment(), List.of(run.segment()), SegmentUses.reasonOf(e));
            return false;
        }
        Sha256 sha256 = new Sha256();
        for (SegmentFooter.Entry block : run.blocks()) {
            ByteBuffer stored = bytes.slice(block.offset() - run.offset(), block.storedLength());
            if (!sha256.of(stored).equals(block.checksum())) {
                uses.bad(run.segment(), block);
                return false;
            }
            builder.append(block, stored);
        }
        return true;
    }

    /// A segment that is durable in the store.
    private record Fresh(ObjectId id, long bytes, List<Digest> names) {}

    private Optional<Compacted> write(SegmentBuilder builder) throws StoreException {
        List<Digest> names = builder.names();
        ByteBuffer bytes = builder.finish();
        Fresh fresh = new Fresh(builder.id(), bytes.remaining(), names);
        store.write(StoreLayout.segment(fresh.id()), bytes);
        courtesy.giveWay();
        Entered entered = shop.catalog().write(tables -> enter(tables, fresh));
        if (entered.condemned()) {
            store.delete(StoreLayout.segment(fresh.id()));
        }
        return entered.moved().map(moved -> done(moved, fresh.bytes()));
    }

    /// @param condemned a collector came before the new segment was written: its writer deletes it
    /// @param moved if nothing, the new segment is garbage, and the collector will find it
    private record Entered(boolean condemned, Optional<SegmentUses.Moved> moved) {}

    private Entered enter(Tables tables, Fresh fresh) {
        return tables.objects().written(fresh.id(), fresh.bytes())
                ? new Entered(false, settle(tables, Optional.of(fresh)))
                : new Entered(true, Optional.empty());
    }

    /// Has the parts need other segments than the old ones, if all is as it was when the uses were found.
    ///
    /// @return nothing if it is not; then nothing was changed
    private Optional<SegmentUses.Moved> settle(Tables tables, Optional<Fresh> fresh) {
        Needers seen = uses.needers().only(oldIds);
        if (!oldIds.stream().allMatch(id -> isLive(tables, id))
                || !Needers.of(tables, scope.region(), oldIds).equals(seen)) {
            return Optional.empty();
        }
        Set<Digest> names = new HashSet<>();
        seen.parts().forEach(part -> names.addAll(namesOf(part)));
        Map<Digest, ObjectId> places = new HashMap<>();
        tables.index().find(scope, names).forEach((name, at) -> places.put(name, at.segment()));
        places.values().removeAll(oldIds);
        fresh.ifPresent(segment -> moving.forEach(name -> places.putIfAbsent(name, segment.id())));
        if (!places.keySet().containsAll(names)) {
            return Optional.empty();
        }
        fresh.ifPresent(
                segment -> tables.compaction().moved(scope, segment.id(), segment.names(), oldIds));
        Map<Parts.Part, Set<ObjectId>> instead = new HashMap<>();
        for (Parts.Part part : seen.parts()) {
            Set<ObjectId> theirs = new HashSet<>();
            namesOf(part).forEach(name -> theirs.add(Objects.requireNonNull(places.get(name))));
            tables.compaction().needInstead(part, oldIds, theirs);
            instead.put(part, theirs);
        }
        Set<ObjectId> all = Set.copyOf(places.values());
        return Optional.of(
                new SegmentUses.Moved(instead, tables.damage().among(scope.region(), all)));
    }

    private static boolean isLive(Tables tables, ObjectId id) {
        return tables.objects()
                .find(id)
                .filter(object -> object.state() == StoredObjects.State.LIVE)
                .isPresent();
    }

    /// All that the part reads in the old segments.
    private List<Digest> namesOf(Parts.Part part) {
        return old.stream().flatMap(use -> use.namesOf(part).stream()).toList();
    }
}
