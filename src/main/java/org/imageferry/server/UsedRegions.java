package org.imageferry.server;

import java.nio.file.Path;
import java.util.List;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.RegionId;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderRegionStore;

/// The regions whose stores a catalog has used.
final class UsedRegions {
    private UsedRegions() {}

    static List<RegionId> of(Catalog catalog) {
        return catalog.read(tables ->
                tables.regions().all().stream()
                        .filter(region -> tables.regions().generation(region) > 0)
                        .toList());
    }

    /// A region's store in a folder, made if need be, that says whose it is.
    ///
    /// @throws StoreException `EXISTS` if it is another's
    static RegionStore create(Catalog catalog, RegionId region, Path folder, long reserveBytes)
            throws StoreException {
        RegionStore store = FolderRegionStore.create(folder, reserveBytes);
        own(catalog, region, store);
        return store;
    }

    /// Has the store say that it is this catalog's.
    ///
    /// @throws StoreException `EXISTS` if it is another's
    static void own(Catalog catalog, RegionId region, RegionStore store) throws StoreException {
        String installation = catalog.read(tables -> tables.regions().installation());
        new StoreIdentity(installation, region).write(store);
    }

    /// Has the store know as high a generation as the catalog.
    static void raise(Catalog catalog, RegionId region, RegionStore store) throws StoreException {
        StoreIdentity.raise(store, catalog.read(tables -> tables.regions().generation(region)));
    }

    static String notInBackup(RegionId region) {
        return "region "
                + region
                + " is in object storage and not part of the backup: keep versions of its bucket, see"
                + " docs/guide/backup.md";
    }
}
