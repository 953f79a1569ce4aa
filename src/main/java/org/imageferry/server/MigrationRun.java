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
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.PostgresOffline;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.cli.Relocations.Migration;
import org.imageferry.cli.Relocations.Relocated;
import org.imageferry.cli.Relocations.Watch;
import org.imageferry.copy.StoreAge;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.server.RegionTransfers.Leg;
import org.imageferry.settings.CatalogPlace;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.imageferry.settings.StoreSettings;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderRegionStore;
import org.imageferry.transfer.Transfer;

/// One run of `imageferry migrate`.
///
/// Objects first, into new folders and buckets; then the catalog, at once; then the stores' generations are
/// raised, so that the old catalog is refused wherever it meets a new store; last the mark is taken off the
/// new data folder. Until then no server starts on that, and the old installation is only read, but for
/// buckets that both use. What is broken off is begun again with the old catalog as it is then; objects that
/// are there are read, and not brought again.
final class MigrationRun {
    private static final int MOST_TASKS = 100_000;

    private final Migration order;
    private final Watch watch;
    private final Map<String, String> environment;
    private final SecureRandom random = new SecureRandom();
    private final List<String> notes = new ArrayList<>();
    private final Map<RegionId, RegionStore> stores = new LinkedHashMap<>();

    /// @param environment where passwords and keys are
    MigrationRun(Migration order, Watch watch, Map<String, String> environment) {
        this.order = order;
        this.watch = watch;
        this.environment = environment;
    }

    Relocated run() throws StartException, StoreException, IOException {
        if (!Files.exists(order.data().resolve("catalog.db"))) {
            throw new StartException(
                    order.data()
                            + " has no catalog: name the data folder of a server with --data; one whose"
                            + " catalog is in PostgreSQL can't be migrated");
        }
        Settings settings = Settings.read(order.config()).in(environment);
        try (DataFolder from = DataFolder.open(order.data());
                DataFolder to = DataFolder.open(order.to(), FolderMark.MIGRATING);
                S3Connections connections = new S3Connections(environment, new RealTiming());
                RegionTransfers transfers = new RegionTransfers(watch)) {
            Path next = to.path().resolve("catalog.db.new");
            CatalogSwap.clear(next);
            SqliteCatalog.snapshot(from.catalog(), next);
            bring(from, to, settings, connections, transfers);
            Optional<Long> rows = putInPlace(to, next, settings);
            watch.say("the catalog is there");
            raise(next);
            secrets(from, to);
            watch.say("the stores belong to it");
            CatalogSwap.clear(next);
            FolderMark.MIGRATING.remove(to.path());
            notes.addAll(0, transfers.notes());
            notes.add(next(from, to));
            return new Relocated(transfers.regions(), rows, notes);
        }
    }

    private Catalog open(Path file) {
        return SqliteCatalog.open(file, InstantSource.system(), random);
    }

    /// The snapshot becomes the catalog as it is to be, and all that it needs is brought.
    private void bring(
            DataFolder from,
            DataFolder to,
            Settings settings,
            S3Connections connections,
            RegionTransfers transfers)
            throws StartException, StoreException {
        Path next = to.path().resolve("catalog.db.new");
        try (Catalog catalog = open(next)) {
            requireQuiet(catalog);
            List<Leg> legs = new ArrayList<>();
            for (RegionId region : UsedRegions.of(catalog)) {
                Settings.Region its = settings(settings, region);
                RegionStore there = there(catalog, its, to, settings, connections);
                boolean moves = Files.isDirectory(from.region(region));
                RegionStore here = moves ? FolderRegionStore.reading(from.region(region)) : there;
                requireSame(catalog, region, here);
                UsedRegions.own(catalog, region, there);
                stores.put(region, there);
                legs.add(
                        new Leg(
                                region,
                                here,
                                there,
                                moves ? Transfer.There.READ : Transfer.There.TRUSTED));
            }
            var _ = transfers.bring(catalog, legs);
            catalog.write(tables -> {
                tables.claims().expire(OpenedCatalog.EMBEDDED);
                stores.keySet()
                        .forEach(region ->
                                tables.regions()
                                        .setGeneration(
                                                region, tables.regions().generation(region) + 1));
                return stores;
            });
        }
        SqliteCatalog.check(next);
    }

    /// Disk images on their way in and out stay where they are.
    private static void requireQuiet(Catalog catalog) throws StartException {
        List<Task> open =
                catalog.read(tables ->
                        tables.regions().all().stream()
                                .flatMap(
                                        region -> tables.tasks().queue(region, MOST_TASKS).stream())
                                .filter(task ->
                                        task.work() instanceof Work.ImportImage
                                                || task.work() instanceof Work.ExportImage)
                                .toList());
        if (!open.isEmpty()) {
            throw new StartException(
                    "%d imports and exports are open (%s in %s, for one), and need files that are not migrated: start the server, let them end or cancel them"
                            .formatted(
                                    open.size(), open.getFirst().id(), open.getFirst().region()));
        }
    }

    private Settings.Region settings(Settings settings, RegionId region) throws StartException {
        return settings.regions().stream()
                .filter(each -> each.id().equals(region))
                .findFirst()
                .orElseThrow(() ->
                        new StartException(
                                "region %s is not in %s, but the catalog has used it: add it there"
                                        .formatted(region, order.config())));
    }

    private static RegionStore there(
            Catalog catalog,
            Settings.Region region,
            DataFolder to,
            Settings settings,
            S3Connections connections)
            throws StartException, StoreException {
        Optional<StoreSettings.S3> s3 = region.store().s3();
        return s3.isPresent()
                ? connections.store(region.id(), s3.get())
                : UsedRegions.create(
                        catalog,
                        region.id(),
                        region.store().folder().orElse(to.region(region.id())),
                        settings.reserveBytes());
    }

    /// A catalog that is older than a store does not know all that is to be brought.
    private static void requireSame(Catalog catalog, RegionId region, RegionStore store)
            throws StartException, StoreException {
        String installation = catalog.read(tables -> tables.regions().installation());
        long generation = catalog.read(tables -> tables.regions().generation(region));
        try {
            Optional<StoreIdentity> identity = StoreIdentity.read(store);
            if (!identity.equals(Optional.of(new StoreIdentity(installation, region)))) {
                throw new StartException(
                        "the store of region "
                                + region
                                + " is not there, or another installation's: put it back where it was");
            }
        } catch (DamagedException e) {
            throw new StartException(
                    "the store of region " + region + " can't be used: " + e.getMessage(), e);
        }
        if (StoreAge.newer(catalog, region, store).isPresent()
                || StoreIdentity.generation(store) > generation + 1) {
            throw new StartException(
                    "the catalog is older than the store of region "
                            + region
                            + ": make it anew with `imageferry rebuild` first");
        }
    }

    /// @return how many rows were counted, if they were copied one by one
    private Optional<Long> putInPlace(DataFolder to, Path next, Settings settings)
            throws IOException, StartException {
        return switch (settings.catalog()) {
            case CatalogPlace.Embedded _ -> {
                Path copy = to.path().resolve("catalog.db.copy");
                Files.deleteIfExists(copy);
                Files.copy(next, copy);
                FolderFiles.place(copy, to.catalog());
                yield Optional.empty();
            }
            case CatalogPlace.Postgres(PostgresAddress address) -> Optional.of(fill(address, next));
        };
    }

    private long fill(PostgresAddress address, Path next) throws StartException {
        watch.say("bringing the catalog to " + address);
        try (PostgresOffline offline = PostgresOffline.take(address, OpenedCatalog.threads())) {
            requireOurs(offline, address, next);
            long rows = offline.fill(next, random).values().stream().mapToLong(it -> it).sum();
            offline.swap()
                    .ifPresent(kept ->
                            notes.add("what an earlier try has brought is in schema " + kept));
            return rows;
        }
    }

    /// What may be there is what an earlier try has brought, and nobody used.
    private void requireOurs(PostgresOffline offline, PostgresAddress address, Path next)
            throws StartException {
        Optional<Catalog> present = offline.present(random);
        if (present.isEmpty()) {
            return;
        }
        try (Catalog there = present.get();
                Catalog ours = open(next)) {
            String installation = ours.read(tables -> tables.regions().installation());
            boolean same =
                    there.read(tables -> tables.regions().installation()).equals(installation);
            boolean used =
                    UsedRegions.of(there).stream()
                            .anyMatch(
                                    region -> generation(there, region) > generation(ours, region));
            if (!same || used) {
                throw new StartException(
                        "the catalog "
                                + address
                                + (same ? " is in use already" : " is another installation's")
                                + ": name an empty database");
            }
        }
    }

    private static long generation(Catalog catalog, RegionId region) {
        return catalog.read(tables ->
                tables.regions().all().contains(region) ? tables.regions().generation(region) : 0);
    }

    private void raise(Path next) throws StoreException {
        try (Catalog catalog = open(next)) {
            for (Map.Entry<RegionId, RegionStore> store : stores.entrySet()) {
                UsedRegions.raise(catalog, store.getKey(), store.getValue());
            }
        }
    }

    private static void secrets(DataFolder from, DataFolder to) throws IOException {
        boolean _ = FolderFiles.copy(from.masterKey(), to.masterKey());
        boolean _ = FolderFiles.copy(from.credentials(), to.credentials());
    }

    private String next(DataFolder from, DataFolder to) {
        return """
        all is there. Start it with: imageferry serve --data %s --config %s
        See that it is as you want it, then delete %s. Until then it is as it was; never run both\
        """
                .formatted(to.path(), order.config(), from.path());
    }
}
