package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Compaction.Suspect;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties segments that are dead for the most part: what parts read in them moves into new ones, and the
/// collector deletes them as it does all that nothing needs.
///
/// It looks only at segments that the catalog suspects, so where nothing is deleted nothing is read. One
/// step at a time runs in a process: it needs the memory of one segment, and waits for nobody.
final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    /// Suspects looked at together, a few GiB of disk at most: neighbours mostly have the same parts, whose
    /// manifests are then read once for all.
    private static final int SUSPECTS_AT_ONCE = 64;

    /// Their parts looked at together, if more than one segment has any: each keeps what it needs in memory.
    private static final int PARTS_AT_ONCE = 200;

    /// Parts whose manifests a step may read, at about 2 MiB each, so that garbage needn't wait for long.
    private static final int MOST_PARTS = 1_000;

    /// A segment stays as it is while less than this share of it is dead: to free one byte costs at most
    /// three to be read and written.
    private static final int LEAST_DEAD_PERCENT = 25;

    /// What a step may write, so that what it emptied is deleted soon after.
    private static final long MOST_BYTES = 2L << 30;

    /// As many as a segment takes at most: see `docs/design/format.md`.
    private static final int MOST_BLOCKS = 1_024;

    private final Workshop shop;
    private final Courtesy courtesy;
    private final int segmentBytes;
    private final AtomicBoolean busy = new AtomicBoolean();

    /// @param segmentBytes of blocks that are put into one segment
    Compactor(Workshop shop, Courtesy courtesy, int segmentBytes) {
        this.segmentBytes = segmentBytes;
        this.shop = shop;
        this.courtesy = courtesy;
    }

    /// Takes the region's suspects one after the other, until it has written enough.
    ///
    /// @return nothing, if another step is under way
    /// @throws StoreException if the store fails; what was done until then is done
    Compacted step(Region region) throws StoreException {
        if (region.health().trouble().isPresent() || !busy.compareAndSet(false, true)) {
            return Compacted.NOTHING;
        }
        try {
            return compact(region);
        } finally {
            busy.set(false);
        }
    }

    private Compacted compact(Region region) throws StoreException {
        Compacted sum = Compacted.NOTHING;
        long after = 0;
        int parts = 0;
        while (true) {
            Batch batch = batch(region, after);
            if (batch.suspects().isEmpty()) {
                return sum;
            }
            after = batch.suspects().getLast().number();
            parts += batch.parts();
            sum = sum.plus(compact(region, batch.suspects()));
            if (sum.newBytes() >= MOST_BYTES || parts >= MOST_PARTS) {
                return new Compacted(sum.segments(), sum.oldBytes(), sum.newBytes(), true);
            }
        }
    }

    /// What is looked at together.
    ///
    /// @param parts that need any of the suspects
    private record Batch(List<Suspect> suspects, int parts) {}

    private Batch batch(Region region, long after) {
        return shop.catalog().read(tables -> batch(tables.compaction(), region, after));
    }

    private static Batch batch(Compaction compaction, Region region, long after) {
        List<Suspect> suspects = new ArrayList<>();
        Set<Parts.Part> parts = new HashSet<>();
        for (Suspect suspect : compaction.suspects(region.id(), after, SUSPECTS_AT_ONCE)) {
            Set<Parts.Part> more = new HashSet<>(parts);
            more.addAll(compaction.users(suspect.segment().id(), Needers.MOST));
            if (!suspects.isEmpty() && more.size() > PARTS_AT_ONCE) {
                break;
            }
            suspects.add(suspect);
            parts = more;
        }
        return new Batch(suspects, parts.size());
    }

    private Compacted compact(Region region, List<Suspect> suspects) throws StoreException {
        Map<Scope, List<StoredObject>> byScope = new LinkedHashMap<>();
        for (Suspect suspect : suspects) {
            byScope.computeIfAbsent(suspect.segment().scope(), _ -> new ArrayList<>())
                    .add(suspect.segment());
        }
        Compacted sum = Compacted.NOTHING;
        for (Map.Entry<Scope, List<StoredObject>> scope : byScope.entrySet()) {
            SegmentUses uses =
                    SegmentUses.find(
                            shop, courtesy, region.store(), scope.getKey(), scope.getValue());
            for (List<SegmentUse> group : groups(mostlyDead(uses))) {
                Optional<Compacted> merged =
                        new SegmentMerge(
                                        shop, courtesy, region.store(), scope.getKey(), uses, group)
                                .run();
                sum = sum.plus(merged.orElse(Compacted.NOTHING));
            }
        }
        if (sum.segments() > 0) {
            LOG.atInfo()
                    .addKeyValue("region", region.id())
                    .addKeyValue("segments", sum.segments())
                    .addKeyValue("oldBytes", sum.oldBytes())
                    .addKeyValue("newBytes", sum.newBytes())
                    .log("segments compacted");
        }
        return sum;
    }

    private static List<SegmentUse> mostlyDead(SegmentUses uses) {
        List<SegmentUse> mostlyDead = new ArrayList<>();
        for (SegmentUse use : uses.all()) {
            long dead = use.deadBytes();
            if (dead * 100 >= use.bytes() * LEAST_DEAD_PERCENT) {
                mostlyDead.add(use);
            } else {
                uses.examined(use.id(), dead);
            }
        }
        return mostlyDead;
    }

    /// Neighbours whose live blocks fit into one segment.
    private List<List<SegmentUse>> groups(List<SegmentUse> uses) {
        List<List<SegmentUse>> groups = new ArrayList<>();
        long bytes = 0;
        long blocks = 0;
        for (SegmentUse use : uses) {
            List<SegmentFooter.Entry> live = use.liveBlocks();
            long liveBytes = live.stream().mapToLong(SegmentFooter.Entry::storedLength).sum();
            bytes += liveBytes;
            blocks += live.size();
            if (groups.isEmpty() || bytes > segmentBytes || blocks > MOST_BLOCKS) {
                groups.add(new ArrayList<>());
                bytes = liveBytes;
                blocks = live.size();
            }
            groups.getLast().add(use);
        }
        return groups;
    }
}
