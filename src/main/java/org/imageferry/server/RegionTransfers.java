package org.imageferry.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.imageferry.catalog.Catalog;
import org.imageferry.cli.Relocations.Region;
import org.imageferry.cli.Relocations.Watch;
import org.imageferry.domain.RegionId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.transfer.Inventory;
import org.imageferry.transfer.Transfer;
import org.imageferry.transfer.Transfer.Brought;

/// Brings what a catalog needs of several regions from their stores into others, and counts it all.
final class RegionTransfers implements AutoCloseable {
    /// Each with an object in memory, 32 MiB at most.
    private static final int LANES = 6;

    /// From where to where a region's objects are brought.
    ///
    /// @param there what to think of those that are there
    record Leg(RegionId region, RegionStore from, RegionStore to, Transfer.There there) {}

    private final Watch watch;
    private final ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    private final Map<RegionId, Brought> brought = new LinkedHashMap<>();
    private long done;

    RegionTransfers(Watch watch) {
        this.watch = watch;
    }

    /// May be called again, with a later state of the catalog.
    ///
    /// @return what is missing in both stores of each region
    Map<RegionId, Set<ObjectName>> bring(Catalog catalog, List<Leg> legs) throws StoreException {
        done = 0;
        long total =
                legs.stream().mapToLong(leg -> new Inventory(catalog, leg.region()).bytes()).sum();
        watch.moved(0, total);
        Map<RegionId, Set<ObjectName>> missing = new LinkedHashMap<>();
        for (Leg leg : legs) {
            Transfer transfer =
                    new Transfer(
                            new Inventory(catalog, leg.region()),
                            leg.from(),
                            leg.to(),
                            leg.there(),
                            lanes,
                            more -> {
                                done += more;
                                watch.moved(done, total);
                            });
            Brought now = transfer.run();
            brought.merge(leg.region(), now, RegionTransfers::both);
            if (!now.missing().isEmpty()) {
                missing.put(leg.region(), now.missing());
            }
        }
        return missing;
    }

    private static Brought both(Brought before, Brought now) {
        Set<ObjectName> damaged = new LinkedHashSet<>(before.damaged());
        damaged.addAll(now.damaged());
        return new Brought(
                now.objects(),
                before.brought() + now.brought(),
                before.bytes() + now.bytes(),
                now.missing(),
                damaged);
    }

    List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        brought.forEach((id, its) ->
                regions.add(
                        new Region(
                                id.value(),
                                its.objects(),
                                its.brought(),
                                its.bytes(),
                                its.missing().size(),
                                its.damaged().size())));
        return regions;
    }

    /// A sentence for each region that lacks something, or has something damaged.
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        brought.forEach((id, its) -> {
            note(id, its.missing(), "missing").ifPresent(notes::add);
            note(id, its.damaged(), "damaged").ifPresent(notes::add);
        });
        return notes;
    }

    private static Optional<String> note(RegionId region, Set<ObjectName> names, String how) {
        return names.stream()
                .min((one, other) -> one.value().compareTo(other.value()))
                .map(first ->
                        "%s: %d objects were %s before, and are now (%s, for one): see `imageferry verify`"
                                .formatted(region, names.size(), how, first));
    }

    @Override
    public void close() {
        lanes.shutdownNow();
    }
}
