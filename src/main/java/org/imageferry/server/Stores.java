package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Catalog;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionHealth;
import org.imageferry.copy.WatchedStore;
import org.imageferry.domain.RegionId;
import org.imageferry.metrics.Metrics;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.imageferry.settings.StoreSettings;
import org.imageferry.store.Buckets;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.Timing;
import org.imageferry.store.file.FolderRegionStore;
import org.imageferry.store.file.ScratchFolder;
import org.imageferry.store.paced.Pace;
import org.imageferry.store.paced.PacedRegionStore;
import org.imageferry.store.s3.ParallelReads;
import org.imageferry.store.s3.S3Buckets;
import org.imageferry.store.s3.S3Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the regions' stores as the settings have it, and closes what they hold open.
final class Stores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final DataFolder folder;
    private final Settings settings;
    private final Catalog catalog;
    private final Metrics metrics;
    private final Optional<String> process;
    private final S3Connections connections;
    private final Timing timing = new RealTiming();
    private final Set<RegionId> remote = new HashSet<>();
    private final Map<RegionId, S3Buckets> images = new HashMap<>();

    /// @param process names this process among those that share the folders of regions; empty if it has
    ///     them for itself
    /// @param environment where the keys of buckets are
    Stores(
            DataFolder folder,
            Settings settings,
            Catalog catalog,
            Optional<String> process,
            Map<String, String> environment,
            Metrics metrics) {
        this.folder = folder;
        this.settings = settings;
        this.catalog = catalog;
        this.process = process;
        this.metrics = metrics;
        this.connections = new S3Connections(environment, timing, region -> watch(metrics, region));
    }

    private static S3Watch watch(Metrics metrics, RegionId region) {
        return (operation, outcome, nanos) ->
                metrics.askedS3(
                        region,
                        operation.name().toLowerCase(Locale.ROOT),
                        outcome.name().toLowerCase(Locale.ROOT),
                        nanos);
    }

    /// Whether the region's store is at the other end of a network: it may not answer for a while, and
    /// nobody should wait for it.
    boolean isRemote(RegionId region) {
        return remote.contains(region);
    }

    Region region(Settings.Region region) throws StartException {
        RegionHealth health = new RegionHealth();
        Optional<StoreSettings.S3> s3 = region.store().s3();
        RegionStore store =
                s3.isPresent() ? bucket(region, s3.get(), health) : folder(region, health);
        return new Region(
                region.id(),
                region.name(),
                new WatchedStore(
                        paced(metrics.watched(region.id(), store), region.store()), health),
                region.running(),
                region.mostImageBytes(),
                health);
    }

    private RegionStore paced(RegionStore store, StoreSettings how) {
        return how.bytesPerSecond()
                .<RegionStore>map(most -> new PacedRegionStore(store, new Pace(most), timing))
                .orElse(store);
    }

    private RegionStore bucket(
            Settings.Region region, StoreSettings.S3 settings, RegionHealth health)
            throws StartException {
        catalog.write(tables -> {
            tables.regions().ensure(region.id());
            return region;
        });
        remote.add(region.id());
        addImages(region.id(), settings);
        health.broken("the store at " + settings.place() + " has not answered yet: wait a moment");
        return connections.store(region.id(), settings);
    }

    private void addImages(RegionId region, StoreSettings.S3 settings) throws StartException {
        if (settings.images().isPresent()) {
            images.put(
                    region,
                    new S3Buckets(
                            connections.connect(region, settings, settings.images().get()),
                            new ParallelReads(Thread::startVirtualThread),
                            scratch(region),
                            Thread::startVirtualThread,
                            timing));
        }
    }

    /// Each region has its own, so that none empties what another gathers.
    private ScratchFolder scratch(RegionId region) throws StartException {
        try {
            Files.createDirectories(folder.outgoing());
            return ScratchFolder.open(
                    folder.outgoing().resolve(region.value()), settings.reserveBytes());
        } catch (IOException | StoreException e) {
            throw new StartException("can't use " + folder.outgoing() + ": " + e.getMessage(), e);
        }
    }

    /// @param others the buckets of all regions whose disk images are not in object storage
    Buckets buckets(Buckets others) {
        return (account, region, name) ->
                (images.containsKey(region) ? images.get(region) : others)
                        .find(account, region, name);
    }

    /// Throws away what was sent to object storage before `before` and never ended. A server that does
    /// not answer is left for the next time.
    ///
    /// @return how many uploads
    int forgetUploads(Instant before) {
        int forgotten = 0;
        for (S3Buckets buckets : images.values()) {
            try {
                forgotten += buckets.forgetUploads(before);
            } catch (StoreException e) {
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("old uploads stay");
            }
        }
        return forgotten;
    }

    /// Only a region that the catalog has never used gets a new folder. In place of one that is missing
    /// nothing is made: its disk may not be mounted yet.
    private RegionStore folder(Settings.Region region, RegionHealth health) {
        RegionId id = region.id();
        Path place = region.store().folder().orElse(folder.region(id));
        boolean isNew =
                catalog.write(tables -> {
                    tables.regions().ensure(id);
                    return tables.regions().generation(id) == 0;
                });
        try {
            if (isNew) {
                FolderRegionStore.make(place);
            }
        } catch (StoreException e) {
            health.broken(String.valueOf(e.getMessage()));
        }
        return process.isPresent()
                ? FolderRegionStore.share(place, settings.reserveBytes(), process.get())
                : new FolderRegionStore(place, settings.reserveBytes());
    }

    @Override
    public void close() {
        connections.close();
    }
}
