package org.imageferry.copy;

import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.store.StoreException;

/// Raises a region's generation, in the catalog first and then in its store.
///
/// So a store is never ahead of the catalog that owns it. One that is has been written to under a
/// newer catalog: ours was restored from a backup, and must not delete what it does not know of.
final class Generations {
    private Generations() {}

    /// @throws StoreException `UNAVAILABLE` if the store is ahead of the catalog
    static void raise(Catalog catalog, Region region) throws StoreException {
        long stored = StoreIdentity.generation(region.store());
        long next =
                catalog.write(tables -> {
                    long known = tables.regions().generation(region.id());
                    if (known >= stored) {
                        tables.regions().setGeneration(region.id(), known + 1);
                    }
                    return known + 1;
                });
        if (next <= stored) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "the store of region "
                            + region.id()
                            + " is at generation "
                            + stored
                            + ", the catalog only at "
                            + (next - 1)
                            + ": the catalog is older than"
                            + " the store, probably restored from a backup; put the newer catalog"
                            + " back, or stop the server and make one anew with `imageferry rebuild`");
        }
        StoreIdentity.raise(region.store(), next);
    }
}
