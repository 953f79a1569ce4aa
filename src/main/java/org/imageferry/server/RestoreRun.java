package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.cli.Relocations.Relocated;
import org.imageferry.cli.Relocations.Restore;
import org.imageferry.cli.Relocations.Watch;
import org.imageferry.domain.RegionId;
import org.imageferry.kms.local.MasterKeyFile;
import org.imageferry.server.RegionTransfers.Leg;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderRegionStore;
import org.imageferry.transfer.Transfer;

/// One run of `imageferry restore`: what the backup's catalog needs goes into new stores, which then are no
/// newer than the catalog, nor older.
final class RestoreRun {
    private final Restore order;
    private final Watch watch;
    private final SecureRandom random = new SecureRandom();
    private final List<String> notes = new ArrayList<>();

    RestoreRun(Restore order, Watch watch) {
        this.order = order;
        this.watch = watch;
    }

    Relocated run() throws StartException, StoreException, IOException {
        if (!FolderMark.BACKUP.isOn(order.from())) {
            throw new StartException(
                    order.from()
                            + " is no backup: name what `imageferry backup` wrote with --from");
        }
        try (DataFolder from = DataFolder.open(order.from(), FolderMark.BACKUP);
                DataFolder to = DataFolder.open(order.data(), FolderMark.RESTORING);
                RegionTransfers transfers = new RegionTransfers(watch)) {
            if (!Files.exists(from.catalog())) {
                throw new StartException(
                        order.from()
                                + " never came to its end: give the `imageferry backup` again that wrote"
                                + " it");
            }
            restore(from, to, transfers);
            notes.addAll(0, transfers.notes());
            return new Relocated(transfers.regions(), Optional.empty(), notes);
        }
    }

    private void restore(DataFolder from, DataFolder to, RegionTransfers transfers)
            throws StartException, StoreException, IOException {
        Path next = to.path().resolve("catalog.db.new");
        CatalogSwap.clear(next);
        Files.copy(from.catalog(), next);
        SqliteCatalog.check(next);
        try (Catalog catalog = SqliteCatalog.open(next, InstantSource.system(), random)) {
            Map<RegionId, RegionStore> stores = new LinkedHashMap<>();
            var _ = transfers.bring(catalog, legs(catalog, from, to, stores));
            for (Map.Entry<RegionId, RegionStore> store : stores.entrySet()) {
                UsedRegions.raise(catalog, store.getKey(), store.getValue());
            }
            secrets(catalog, from, to);
        }
        Path settings = to.path().resolve("settings.yaml");
        if (FolderFiles.copy(from.path().resolve("settings.yaml"), settings)) {
            notes.add("the configuration of then is in " + settings);
        }
        FolderFiles.place(next, to.catalog());
        FolderMark.RESTORING.remove(to.path());
    }

    private List<Leg> legs(
            Catalog catalog, DataFolder from, DataFolder to, Map<RegionId, RegionStore> stores)
            throws StoreException {
        List<Leg> legs = new ArrayList<>();
        for (RegionId region : UsedRegions.of(catalog)) {
            if (Files.isDirectory(from.region(region))) {
                RegionStore store =
                        UsedRegions.create(
                                catalog,
                                region,
                                to.region(region),
                                Settings.DEFAULTS.reserveBytes());
                stores.put(region, store);
                legs.add(
                        new Leg(
                                region,
                                FolderRegionStore.reading(from.region(region)),
                                store,
                                Transfer.There.READ));
            } else {
                notes.add(UsedRegions.notInBackup(region));
            }
        }
        return legs;
    }

    private void secrets(Catalog catalog, DataFolder from, DataFolder to)
            throws StartException, IOException {
        boolean _ = FolderFiles.copy(from.credentials(), to.credentials());
        if (!FolderFiles.copy(from.masterKey(), to.masterKey())) {
            notes.add(
                    "the backup has no master key: put the one of then to "
                            + to.masterKey()
                            + ", readable for you alone (chmod 600), before you start the server");
        } else if (!new WrappedSecrets(catalog)
                .fit(MasterKeyFile.openOrCreate(to.masterKey(), random))) {
            throw new StartException(
                    from.masterKey()
                            + " is not the key that wrapped the secrets in the backup's catalog: the"
                            + " `imageferry backup` after a rotation was broken off; give it again");
        }
    }
}
