package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.cli.CatalogRebuilder.Order;
import org.imageferry.cli.CatalogRebuilder.Rebuilt;
import org.imageferry.cli.CatalogRebuilder.Region;
import org.imageferry.copy.StoreAge;
import org.imageferry.domain.RegionId;
import org.imageferry.kms.local.MasterKeyFile;
import org.imageferry.rebuild.Findings;
import org.imageferry.rebuild.Findings.Counted;
import org.imageferry.rebuild.Rebuild;
import org.imageferry.rebuild.RebuildException;
import org.imageferry.rebuild.Source;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.imageferry.settings.StoreSettings;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderRegionStore;

/// Makes the catalog of an installation anew while no server uses it.
public final class CatalogRebuild {
    private final DataFolder folder;
    private final Settings settings;
    private final Order order;
    private final Consumer<String> progress;
    private final SecureRandom random = new SecureRandom();
    private final List<String> notes = new ArrayList<>();

    private CatalogRebuild(
            DataFolder folder, Settings settings, Order order, Consumer<String> progress) {
        this.folder = folder;
        this.settings = settings;
        this.order = order;
        this.progress = progress;
    }

    /// Does it as [org.imageferry.cli.CatalogRebuilder] has it.
    public static Rebuilt rebuild(Order order, Consumer<String> progress) throws IOException {
        try {
            Settings settings =
                    (order.config().isPresent()
                                    ? Settings.read(order.config().get())
                                    : Settings.DEFAULTS)
                            .in(System.getenv());
            requireRegions(order, settings);
            try (DataFolder folder = DataFolder.open(order.data())) {
                return new CatalogRebuild(folder, settings, order, progress).run();
            }
        } catch (StartException | CatalogException | RebuildException | StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// No data folder is made by a slip in its name.
    private static void requireRegions(Order order, Settings settings) throws StartException {
        boolean folders =
                settings.regions().stream()
                        .filter(region -> !order.without().contains(region.id().value()))
                        .map(Settings.Region::store)
                        .anyMatch(it -> it.s3().isEmpty() && it.folder().isEmpty());
        if (folders && !Files.isDirectory(order.data().resolve("regions"))) {
            throw new StartException(
                    order.data() + " has no regions: name the data folder of a server with --data");
        }
    }

    private Rebuilt run() throws StartException, RebuildException, StoreException, IOException {
        try (RebuildPlace place = RebuildPlace.of(folder, settings.catalog(), random);
                S3Connections connections = new S3Connections(System.getenv(), new RealTiming())) {
            List<Source> sources = sources(connections);
            requireMasterKey();
            requireOlder(place, sources);
            Findings findings = fill(place, sources);
            Optional<String> kept = place.swap();
            if (order.newMasterKey()) {
                MasterKeyFile.openOrCreate(folder.masterKey(), random);
            }
            for (Source source : sources) {
                StoreIdentity.raise(source.store(), StoreIdentity.generation(source.store()) + 1);
            }
            notes.addAll(0, findings.notes());
            return new Rebuilt(findings.accounts(), regions(findings), notes, kept);
        }
    }

    private Findings fill(RebuildPlace place, List<Source> sources)
            throws RebuildException, StoreException, IOException {
        Rebuild.Plan plan =
                new Rebuild.Plan(Manifest.PART_BYTES, !order.newMasterKey(), order.force());
        try (Catalog catalog = place.next()) {
            Findings findings = new Rebuild(catalog, sources, plan, progress).run();
            noteMasterKey(new WrappedSecrets(catalog));
            return findings;
        }
    }

    private List<Source> sources(S3Connections connections) throws StartException, IOException {
        List<RegionId> configured = settings.regions().stream().map(Settings.Region::id).toList();
        for (String region : order.without()) {
            if (configured.stream().noneMatch(id -> id.value().equals(region))
                    && !Files.exists(folder.path().resolve("regions").resolve(region))) {
                throw new StartException("there is no region " + region + " to leave out");
            }
        }
        requireConfigured(configured);
        List<Source> sources = new ArrayList<>();
        for (Settings.Region region : settings.regions()) {
            if (!order.without().contains(region.id().value())) {
                sources.add(new Source(region.id(), store(region, connections)));
            }
        }
        return sources;
    }

    private RegionStore store(Settings.Region region, S3Connections connections)
            throws StartException {
        Optional<StoreSettings.S3> s3 = region.store().s3();
        if (s3.isPresent()) {
            return connections.store(region.id(), s3.get());
        }
        requireStore(region.id());
        return new FolderRegionStore(place(region.id()), settings.reserveBytes());
    }

    private void requireConfigured(List<RegionId> configured) throws StartException, IOException {
        Path regions = folder.path().resolve("regions");
        if (!Files.exists(regions)) {
            return;
        }
        try (Stream<Path> stores = Files.list(regions)) {
            Optional<String> other =
                    stores.filter(Files::isDirectory)
                            .map(store -> store.getFileName().toString())
                            .filter(name -> !order.without().contains(name))
                            .filter(name ->
                                    configured.stream().noneMatch(id -> id.value().equals(name)))
                            .findFirst();
            if (other.isPresent()) {
                throw new StartException(
                        """
                        there is a store of region %s, which is not in the configuration: name the server's \
                        configuration with --config, or leave the region out with --without %s\
                        """
                                .formatted(other.get(), other.get()));
            }
        }
    }

    private Path place(RegionId id) {
        return settings.regions().stream()
                .filter(region -> region.id().equals(id))
                .findFirst()
                .flatMap(region -> region.store().folder())
                .orElse(folder.region(id));
    }

    private void requireStore(RegionId id) throws StartException {
        if (!Files.isDirectory(place(id))) {
            throw new StartException(
                    """
                    region %s has no store at %s: put it back where it was; if it is lost, or the region is \
                    new, leave it out with --without %s\
                    """
                            .formatted(id, place(id), id));
        }
    }

    private void requireMasterKey() throws StartException {
        if (order.newMasterKey() && Files.exists(folder.masterKey())) {
            throw new StartException(
                    folder.masterKey()
                            + " is there: move it away if it is not the one, and only then say"
                            + " --new-master-key");
        }
    }

    /// Whether the master key will open what the new catalog holds; if not, what to do.
    private void noteMasterKey(WrappedSecrets secrets) {
        if (order.newMasterKey()) {
            notes.add(
                    "the master key is a new one: the server takes the key in credentials for the oldest"
                            + " administrator's; all others need new access keys, and encrypted images stay"
                            + " closed; other nodes of this catalog need a copy of "
                            + folder.masterKey());
        } else if (!Files.exists(folder.masterKey())) {
            notes.add(
                    folder.masterKey()
                            + " is not there: put it back from a backup before you start the server, or no"
                            + " access key and no encrypted image can be used; if it is lost for good,"
                            + " rebuild with --new-master-key --force");
        } else if (!fits(secrets)) {
            notes.add(
                    folder.masterKey()
                            + " is not the key that wrapped what the stores tell: put the right one back from"
                            + " a backup before you start the server");
        }
    }

    private boolean fits(WrappedSecrets secrets) {
        try {
            return secrets.fit(MasterKeyFile.openOrCreate(folder.masterKey(), random));
        } catch (IOException e) {
            notes.add(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /// A catalog that is as new as the stores knows what they don't: open copies, for instance.
    private void requireOlder(RebuildPlace place, List<Source> sources)
            throws StartException, StoreException {
        if (!order.force() && isAsNew(place, sources)) {
            throw new StartException(
                    """
                    %s is in order and as new as the stores, so there is nothing to rebuild. If you want it made \
                    anew all the same, say --force: open copies and imports are given up then\
                    """
                            .formatted(place));
        }
    }

    private boolean isAsNew(RebuildPlace place, List<Source> sources) throws StoreException {
        try {
            Optional<Catalog> present = place.present();
            if (present.isEmpty()) {
                return false;
            }
            try (Catalog catalog = present.get()) {
                for (Source source : sources) {
                    if (!isAsNew(catalog, source)) {
                        return false;
                    }
                }
                return true;
            }
        } catch (CatalogException e) {
            progress.accept(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static boolean isAsNew(Catalog catalog, Source source) throws StoreException {
        RegionId region = source.region();
        boolean known = catalog.read(tables -> tables.regions().all()).contains(region);
        if (!known || !isOf(catalog, source)) {
            return false;
        }
        long generation = catalog.read(tables -> tables.regions().generation(region));
        return generation >= StoreIdentity.generation(source.store())
                && StoreAge.newer(catalog, region, source.store()).isEmpty();
    }

    private static boolean isOf(Catalog catalog, Source source) throws StoreException {
        String installation = catalog.read(tables -> tables.regions().installation());
        try {
            return StoreIdentity.read(source.store())
                    .filter(identity -> identity.installation().equals(installation))
                    .isPresent();
        } catch (DamagedException _) {
            return false; // the rebuild says what is wrong with it
        }
    }

    private static List<Region> regions(Findings findings) {
        return findings.regions().stream()
                .map(id ->
                        new Region(
                                id.value(),
                                findings.of(id, Counted.IMAGES),
                                findings.of(id, Counted.DAMAGED_IMAGES),
                                findings.of(id, Counted.SNAPSHOTS),
                                findings.of(id, Counted.DAMAGED_SNAPSHOTS),
                                findings.of(id, Counted.KEYS),
                                findings.of(id, Counted.SEGMENTS),
                                findings.of(id, Counted.BLOCKS),
                                findings.of(id, Counted.BYTES),
                                findings.of(id, Counted.LEFT_OUT)))
                .toList();
    }
}
