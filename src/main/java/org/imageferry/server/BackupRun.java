package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.cli.Relocations.Backup;
import org.imageferry.cli.Relocations.Relocated;
import org.imageferry.cli.Relocations.Watch;
import org.imageferry.domain.RegionId;
import org.imageferry.kms.local.MasterKeyFile;
import org.imageferry.server.RegionTransfers.Leg;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.imageferry.settings.StoreSettings;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderRegionStore;
import org.imageferry.transfer.Inventory;
import org.imageferry.transfer.Prune;
import org.imageferry.transfer.Transfer;

/// One run of `imageferry backup`.
///
/// The catalog comes first, as it is at one moment, and then all that it needs of the stores. A server that
/// runs may delete some of that meanwhile, no sooner than the collector's grace after nothing needed it any
/// more. So what can't be found is no reason to stop: the catalog is copied again, and what it needs now.
/// That is little, so sooner or later everything is found; what twice can't be was lost before.
///
/// The stores of a backup may hold more than its catalog needs, and newer records: a backup that was broken
/// off leaves them. Whoever restores takes what the catalog needs.
final class BackupRun {
    private static final int MOST_PASSES = 20;

    private final Backup order;
    private final Watch watch;
    private final SecureRandom random = new SecureRandom();
    private final List<String> notes = new ArrayList<>();

    BackupRun(Backup order, Watch watch) {
        this.order = order;
        this.watch = watch;
    }

    Relocated run() throws StartException, StoreException, IOException {
        requireEmbedded();
        Settings settings =
                order.config().isPresent()
                        ? Settings.read(order.config().get())
                        : Settings.DEFAULTS;
        try (DataFolder to = DataFolder.open(order.to(), FolderMark.BACKUP);
                RegionTransfers transfers = new RegionTransfers(watch)) {
            Path next = to.path().resolve("catalog.db.new");
            copy(to, next, settings, transfers);
            secrets(to);
            if (order.config().isPresent()) {
                boolean _ =
                        FolderFiles.copy(order.config().get(), to.path().resolve("settings.yaml"));
            }
            FolderFiles.place(next, to.catalog());
            prune(to);
            notes.addAll(0, transfers.notes());
            return new Relocated(transfers.regions(), Optional.empty(), notes);
        }
    }

    private void requireEmbedded() throws StartException {
        Path data = order.data();
        if (Files.exists(data.resolve("node"))) {
            throw new StartException(
                    data
                            + " is a node's of a catalog in PostgreSQL: back up the database and the buckets"
                            + " with their own means, see docs/guide/backup.md");
        }
        if (!Files.exists(data.resolve("catalog.db"))) {
            throw new StartException(
                    data + " has no catalog: name the data folder of a server with --data");
        }
        if (order.to().toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
            throw new StartException(
                    order.to() + " is in the data folder: name a folder elsewhere with --to");
        }
    }

    private void copy(DataFolder to, Path next, Settings settings, RegionTransfers transfers)
            throws StartException, StoreException, IOException {
        Map<RegionId, Set<ObjectName>> missing = Map.of();
        for (int pass = 1; pass <= MOST_PASSES; pass++) {
            CatalogSwap.clear(next);
            SqliteCatalog.snapshot(order.data().resolve("catalog.db"), next);
            try (Catalog catalog = open(next)) {
                requireKey(catalog);
                Map<RegionId, Set<ObjectName>> now =
                        transfers.bring(catalog, legs(catalog, to, settings, pass == 1));
                if (now.isEmpty() || now.equals(missing)) {
                    return;
                }
                missing = now;
            }
            watch.say("the server has deleted some of it meanwhile: once more");
        }
        throw new StartException(
                "objects are deleted faster than they can be copied: give the command again when less"
                        + " is deleted");
    }

    private Catalog open(Path file) {
        return SqliteCatalog.open(file, InstantSource.system(), random);
    }

    private List<Leg> legs(Catalog catalog, DataFolder to, Settings settings, boolean first)
            throws StartException, StoreException {
        List<Leg> legs = new ArrayList<>();
        for (RegionId region : UsedRegions.of(catalog)) {
            StoreSettings its = settings.store(region);
            Path store =
                    its.folder().orElse(order.data().resolve("regions").resolve(region.value()));
            if (its.s3().isPresent()) {
                if (first) {
                    notes.add(UsedRegions.notInBackup(region));
                }
            } else if (!Files.isDirectory(store)) {
                throw new StartException(
                        "region %s has no store at %s: mount its disk, or, if it is in object storage, name the server's configuration with --config"
                                .formatted(region, store));
            } else {
                legs.add(
                        new Leg(
                                region,
                                FolderRegionStore.reading(store),
                                UsedRegions.create(catalog, region, to.region(region), 0),
                                Transfer.There.TRUSTED));
            }
        }
        return legs;
    }

    private void requireKey(Catalog catalog) throws StartException, IOException {
        Path key = order.data().resolve("master.key");
        if (order.secrets() && !Files.exists(key)) {
            throw new StartException(
                    key + " is not there: put it back first, or say --without-master-key");
        }
        if (order.secrets()
                && !new WrappedSecrets(catalog).fit(MasterKeyFile.openOrCreate(key, random))) {
            throw Admission.otherKey(key);
        }
    }

    private void secrets(DataFolder to) throws IOException {
        if (!order.secrets()) {
            Files.deleteIfExists(to.masterKey());
            Files.deleteIfExists(to.credentials());
            notes.add(
                    "the master key is not part of the backup: keep a copy of "
                            + order.data().resolve("master.key")
                            + " elsewhere; without it nobody can use the access keys and encrypted images"
                            + " in the backup");
            return;
        }
        boolean _ = FolderFiles.copy(order.data().resolve("credentials"), to.credentials());
        boolean _ = FolderFiles.copy(order.data().resolve("master.key"), to.masterKey());
        notes.add(
                "WARNING: the backup holds the master key: whoever can read "
                        + to.path()
                        + " can read every image in it, and sign as any of its users. Keep it as safe as the"
                        + " server, or leave the key out with --without-master-key");
    }

    /// What the backup before needed, and this one does not.
    private void prune(DataFolder to) throws StoreException {
        try (Catalog catalog = open(to.catalog())) {
            for (RegionId region : UsedRegions.of(catalog)) {
                if (Files.isDirectory(to.region(region))) {
                    long _ =
                            new Prune(
                                            new Inventory(catalog, region),
                                            new FolderRegionStore(to.region(region), 0))
                                    .run();
                }
            }
        }
    }
}
