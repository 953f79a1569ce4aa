package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.records.Untold;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether a region's store is the one that belongs to this catalog, and can be used: at
/// each start, and whenever it was in trouble.
public final class RegionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(RegionOpener.class);

    private final Catalog catalog;
    private final String node;

    /// @param node names this process
    public RegionOpener(Catalog catalog, String node) {
        this.catalog = catalog;
        this.node = node;
    }

    /// Opens the region, or says in its health why it can't be.
    public void open(Region region) {
        try {
            catalog.write(tables -> {
                tables.regions().ensure(region.id());
                return region;
            });
            recognise(region);
        } catch (StoreException | DamagedException e) {
            region.health().broken(noted(region, e));
            return;
        }
        try {
            Generations.raise(catalog, region, node);
            Untold.tell(catalog, region.id());
            region.health().well();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.FULL) {
                region.health().full(noted(region, e));
            } else {
                region.health().broken(noted(region, e));
            }
        }
    }

    /// Logs the reason, unless it is the one that is known already.
    private static String noted(Region region, Exception e) {
        String reason = String.valueOf(e.getMessage());
        if (!region.health().trouble().equals(Optional.of(reason))) {
            LOG.atError()
                    .addKeyValue("region", region.id())
                    .addKeyValue("reason", reason)
                    .log("region unavailable");
        }
        return reason;
    }

    private void recognise(Region region) throws StoreException, DamagedException {
        String installation = catalog.read(tables -> tables.regions().installation());
        long generation = catalog.read(tables -> tables.regions().generation(region.id()));
        Optional<StoreIdentity> identity = StoreIdentity.read(region.store());
        if (identity.isEmpty()) {
            if (generation > 0) {
                throw foreign(
                        region,
                        "is empty, though the catalog has used it before: put the"
                                + " store back where it was, or name by 'folder' where all nodes"
                                + " can reach it");
            }
            found(region, installation);
            return;
        }
        if (!identity.get().installation().equals(installation)) {
            throw foreign(
                    region,
                    "belongs to installation "
                            + identity.get().installation()
                            + ", this is "
                            + installation
                            + ": give the region another store, or this"
                            + " store its own catalog");
        }
        if (!identity.get().region().equals(region.id())) {
            throw foreign(region, "is that of region " + identity.get().region());
        }
        Optional<StoreAge.Newer> newer = StoreAge.newer(catalog, region.id(), region.store());
        if (newer.isPresent()) {
            throw foreign(
                    region,
                    "holds record "
                            + newer.get().written()
                            + ", the catalog knows of "
                            + newer.get().known()
                            + ": the catalog is older than the store, probably restored from a backup; put"
                            + " the newer catalog back, or stop the server and make one anew with"
                            + " `imageferry rebuild`");
        }
    }

    /// Nodes that start together might each take a folder of its own for the region's.
    private void found(Region region, String installation) throws StoreException {
        if (!catalog.write(tables -> Generations.founds(tables, region.id(), node))) {
            throw Generations.beingFounded(region.id());
        }
        new StoreIdentity(installation, region.id()).write(region.store());
    }

    private static StoreException foreign(Region region, String what) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE, "the store of region " + region.id() + " " + what);
    }
}
