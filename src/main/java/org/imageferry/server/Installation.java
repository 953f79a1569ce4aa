package org.imageferry.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.Manifest;
import org.imageferry.catalog.Catalog;
import org.imageferry.copy.Changes;
import org.imageferry.copy.Ids;
import org.imageferry.copy.KeyChoices;
import org.imageferry.copy.KeyPolicy;
import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.Lanes;
import org.imageferry.copy.Leases;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.RegionOpener;
import org.imageferry.copy.Seals;
import org.imageferry.copy.SegmentBuffers;
import org.imageferry.copy.Workshop;
import org.imageferry.domain.RegionId;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.local.KeyRecords;
import org.imageferry.kms.local.LocalKeys;
import org.imageferry.kms.local.LocalKms;
import org.imageferry.metrics.Metrics;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderBuckets;
import org.imageferry.store.file.ScratchFolder;

/// An installation over its data folder: here and in [OpenedCatalog], and nowhere else, is decided which
/// adapter is in use.
///
/// @param bells ring when there may be work
/// @param presence of this process among those that use the catalog
/// @param duties which of the things are its own that one such process is enough for
record Installation(
        Catalog catalog,
        MasterKey master,
        FolderBuckets buckets,
        Stores stores,
        LocalKeys keys,
        Function<RegionId, KeyPolicy> policies,
        KeyChoices choices,
        Workshop shop,
        Bells bells,
        Presence presence,
        Duties duties,
        SecureRandom random)
        implements AutoCloseable {
    /// Footers of about a hundred full segments, 8 MB.
    private static final int CACHED_FOOTER_ENTRIES = 100_000;

    /// How often a process says that it is there: where it is alone, only those hear it who ask itself.
    private static final Duration ALONE = Duration.ofMinutes(1);

    private static final Duration AMONG_OTHERS = Duration.ofSeconds(5);

    /// Segments being put together or written at once, 16 MiB each.
    private static final int SEGMENTS_AT_ONCE = 4;

    /// Longer than a store that is well takes for one.
    private static final Duration SEGMENT_PATIENCE = Duration.ofSeconds(10);

    /// @throws StartException if the folder holds what can't be used
    static Installation open(
            DataFolder folder, Settings settings, SecureRandom random, Metrics metrics)
            throws StartException {
        FolderBuckets buckets = buckets(folder, settings);
        OpenedCatalog opened = OpenedCatalog.open(folder, settings, random);
        MasterKey master = opened.master();
        Catalog catalog = metrics.watched(opened.catalog());
        Bells bells = new Bells();
        catalog.listen(bells::ring);
        Stores stores =
                new Stores(
                        folder,
                        settings,
                        catalog,
                        opened.alone() ? Optional.empty() : Optional.of(opened.node()),
                        System.getenv(),
                        metrics);
        RegionMap regions = new RegionMap(regions(settings, stores));
        KeyRecords records = new CatalogKeyRecords(catalog);
        LocalKms kms = new LocalKms(records, master, random);
        int lanes = Runtime.getRuntime().availableProcessors() + 1;
        Workshop shop =
                new Workshop(
                        catalog,
                        regions,
                        stores.buckets(
                                new SparingBuckets(
                                        buckets,
                                        settings.buckets().orElse(folder.buckets()),
                                        settings.reserveBytes())),
                        scratch(folder, settings),
                        new Ids(random),
                        opened.node(),
                        Manifest.PART_BYTES,
                        new FooterCache(CACHED_FOOTER_ENTRIES),
                        new SegmentBuffers(SEGMENTS_AT_ONCE, SEGMENT_PATIENCE, lanes),
                        new Lanes(laneThreads(), lanes, Workers.WORKS_AT_ONCE),
                        new Seals(kms, catalog, random),
                        new Leases(settings.claimFor(), System::nanoTime),
                        bells::ring);
        KeyChoices choices = new KeyChoices(catalog, kms, settings::keys);
        LocalKeys keys = new LocalKeys(records, master, random);
        return new Installation(
                catalog,
                master,
                buckets,
                stores,
                keys,
                settings::keys,
                choices,
                shop,
                bells,
                new Presence(catalog, opened.node(), opened.alone() ? ALONE : AMONG_OTHERS),
                new Duties(catalog, opened.node(), opened.alone()),
                random);
    }

    private static List<Region> regions(Settings settings, Stores stores) throws StartException {
        List<Region> regions = new ArrayList<>();
        for (Settings.Region region : settings.regions()) {
            regions.add(stores.region(region));
        }
        return regions;
    }

    private static FolderBuckets buckets(DataFolder folder, Settings settings)
            throws StartException {
        try {
            return settings.buckets().isPresent()
                    ? FolderBuckets.share(settings.buckets().get())
                    : FolderBuckets.create(folder.buckets());
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ScratchFolder scratch(DataFolder folder, Settings settings)
            throws StartException {
        try {
            return ScratchFolder.open(folder.unpacked(), settings.reserveBytes());
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Threads come as they are needed and go after a while; how many there can be is bounded by the
    /// parts in work.
    private static ExecutorService laneThreads() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new Courteous(Thread.ofPlatform().daemon().name("lane-", 0).factory()));
    }

    /// Takes up where the last process left off: its claims are void, and each region is looked at; one at
    /// the other end of a network later, by its own worker, so that nobody waits for it.
    void resume() {
        catalog.write(tables -> {
            tables.claims().expire(shop.node());
            return shop;
        });
        presence.join();
        shop.regions().all().stream()
                .filter(region -> !stores.isRemote(region.id()))
                .forEach(new RegionOpener(catalog, shop.node())::open);
    }

    /// Makes sure that there is an account, and that `credentials` speak for it.
    ///
    /// @param masterKey where the master key lies, for messages
    void admit(Credentials credentials, Path masterKey, SecureRandom random) throws StartException {
        new Admission(catalog, master, masterKey).admit(credentials, random);
    }

    KeyRequests keyRequests(Changes changes) {
        return new KeyRequests(catalog, changes, keys, policies);
    }

    @Override
    public void close() {
        stores.close();
        presence.leave();
        catalog.close();
    }
}
