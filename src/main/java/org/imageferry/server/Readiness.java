package org.imageferry.server;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;

/// Whether this process should be sent requests now. It should not before its workers run, nor once it is
/// going to stop, nor while the catalog does not answer.
///
/// A region whose store is gone is no reason: the others are served, and it is for every other node the same.
final class Readiness {
    private static final String STARTING = "starting";
    private static final String DRAINING = "draining";
    private static final String NO_CATALOG = "catalog does not answer";

    private final CatalogProbe catalog;
    private final RegionMap regions;
    private final BooleanSupplier draining;
    private volatile Optional<String> closed = Optional.of(STARTING);

    /// @param draining whether an administrator has this node claim nothing more
    Readiness(CatalogProbe catalog, RegionMap regions, BooleanSupplier draining) {
        this.catalog = catalog;
        this.regions = regions;
        this.draining = draining;
    }

    /// Work is taken from now on.
    void open() {
        closed = Optional.empty();
    }

    /// No more work is wanted, for good: what comes all the same is still done until the server stops.
    void drain() {
        closed = Optional.of(DRAINING);
    }

    /// Why it should be sent none; empty if it should. None of them tells more than anybody may know.
    List<String> reasons() {
        if (closed.isPresent()) {
            return List.of(closed.get());
        }
        if (draining.getAsBoolean()) {
            return List.of(DRAINING);
        }
        return catalog.answers() ? List.of() : List.of(NO_CATALOG);
    }

    /// Regions whose stores can't be used, or only be read.
    List<RegionId> unavailable() {
        return regions.all().stream()
                .filter(region -> region.health().trouble().isPresent())
                .map(region -> region.id())
                .toList();
    }
}
