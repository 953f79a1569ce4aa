package org.imageferry.copy;

import java.time.Duration;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Nodes;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.imageferry.store.StoreException;

/// Raises a region's generation, in the catalog first and then in its store.
///
/// So a store is never ahead of the catalog that owns it. One that is has been written to under a
/// newer catalog: ours was restored from a backup, and must not delete what it does not know of.
///
/// The first time, one node alone may do it, and what it gave its store is noted once that is there. From
/// then on a store that never saw it is not the region's: another node has made that, elsewhere.
final class Generations {
    /// More than it takes to make a store the region's. Who takes longer must begin again.
    private static final Duration FOUNDING = Duration.ofMinutes(1);

    private Generations() {}

    /// @param ours whether this node may do it
    /// @param founded that with which the store was made; 0 if that has not ended yet
    /// @param known the catalog's, before
    private record Raised(boolean ours, long founded, long known) {}

    /// @param node names this process
    /// @throws StoreException `UNAVAILABLE` if the store is ahead of the catalog, or not the region's
    static void raise(Catalog catalog, Region region, String node) throws StoreException {
        RegionId id = region.id();
        long stored = StoreIdentity.generation(region.store());
        Raised raised = catalog.write(tables -> raise(tables, id, stored, node));
        if (!raised.ours()) {
            throw beingFounded(id);
        }
        if (raised.known() < stored) {
            throw older(id, stored, raised.known());
        }
        if (stored < raised.founded()) {
            throw another(id, stored, raised.founded());
        }
        StoreIdentity.raise(region.store(), raised.known() + 1);
        if (raised.founded() == 0 && !catalog.write(tables -> ends(tables, id, node, raised))) {
            throw beingFounded(id);
        }
    }

    /// Whether the node is the one that may make the region's store now.
    static boolean founds(Tables tables, RegionId region, String node) {
        return tables.nodes().take(region, Nodes.Duty.FOUND, node, FOUNDING);
    }

    private static Raised raise(Tables tables, RegionId region, long stored, String node) {
        long founded = tables.regions().founded(region);
        long known = tables.regions().generation(region);
        boolean ours = founded > 0 || founds(tables, region, node);
        if (ours && stored <= known && stored >= founded) {
            tables.regions().setGeneration(region, known + 1);
        }
        return new Raised(ours, founded, known);
    }

    /// @return false if another node took over meanwhile
    private static boolean ends(Tables tables, RegionId region, String node, Raised raised) {
        long given = raised.known() + 1;
        boolean ours =
                tables.regions().founded(region) == 0
                        && tables.regions().generation(region) == given
                        && founds(tables, region, node);
        if (ours) {
            tables.regions().setFounded(region, given);
        }
        return ours;
    }

    static StoreException beingFounded(RegionId region) {
        return unavailable(region, "is being made by another node: wait a moment");
    }

    private static StoreException older(RegionId region, long stored, long known) {
        return unavailable(
                region,
                "is at generation "
                        + stored
                        + ", the catalog only at "
                        + known
                        + ": the catalog is older than"
                        + " the store, probably restored from a backup; put the newer catalog"
                        + " back, or stop the server and make one anew with `imageferry rebuild`");
    }

    private static StoreException another(RegionId region, long stored, long founded) {
        return unavailable(
                region,
                "is at generation "
                        + stored
                        + ", but the region's own was made with generation "
                        + founded
                        + ", by another node and elsewhere: name by 'folder' where all nodes can reach"
                        + " that one, and delete this");
    }

    private static StoreException unavailable(RegionId region, String what) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE, "the store of region " + region + " " + what);
    }
}
