package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.domain.RegionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads from the catalog what is told of queues and stores, when somebody asks and what was read is not fresh
/// any more.
final class CatalogLooks {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogLooks.class);

    /// How long what was read may be told again.
    ///
    /// @param stores to add up what is in them takes longer than to count queues
    record Freshness(Duration queues, Duration stores) {
        static final Freshness USUAL = new Freshness(Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    private final WebhookMeters webhooks;
    private final Catalog catalog;
    private final List<RegionId> regions;
    private final LongSupplier nanos;
    private final Freshness freshness;
    private final Gauge up;
    private final TaskMeters tasks;
    private final TaskWatch watch;
    private final StorageGauges storage;
    private final Timer ofQueues = new Timer();
    private final Timer ofStores = new Timer();

    /// @throws CatalogException if it can't be read
    CatalogLooks(
            PrometheusRegistry registry,
            WebhookMeters webhooks,
            Catalog catalog,
            List<RegionId> regions,
            LongSupplier nanos,
            Freshness freshness) {
        this.webhooks = webhooks;
        this.catalog = catalog;
        this.regions = List.copyOf(regions);
        this.nanos = nanos;
        this.freshness = freshness;
        this.up =
                Gauge.builder()
                        .name("imageferry_catalog_up")
                        .help("Whether the catalog could be read for this page: 1, else 0.")
                        .register(registry);
        this.tasks = new TaskMeters(registry, regions);
        this.watch = new TaskWatch(tasks, catalog.read(TaskWatch.Look::first));
        this.storage = new StorageGauges(registry);
    }

    /// When something was done last.
    private static final class Timer {
        private boolean begun;
        private long last;

        boolean due(Duration every, long now) {
            return !begun || now - last >= every.toNanos();
        }

        void undone() {
            begun = false;
        }

        void done(long now) {
            begun = true;
            last = now;
        }
    }

    /// Brings up to date what is not fresh. What can't be read is not told, rather than told as it was.
    synchronized void refresh() {
        try {
            long now = nanos.getAsLong();
            if (ofQueues.due(freshness.queues(), now)) {
                watch.tell(catalog.read(watch::look));
                webhooks.tell(catalog.read(WebhookMeters.Look::at));
                ofQueues.done(now);
            }
            if (ofStores.due(freshness.stores(), now)) {
                regions.forEach(region ->
                        storage.tell(
                                catalog.read(tables -> StorageGauges.Look.at(tables, region))));
                ofStores.done(now);
            }
            up.set(1);
        } catch (CatalogException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("metrics lack the catalog's");
            up.set(0);
            ofQueues.undone();
            ofStores.undone();
            tasks.unknown();
            webhooks.unknown();
            storage.unknown();
        }
    }
}
