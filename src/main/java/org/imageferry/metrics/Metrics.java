package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.imageferry.catalog.Catalog;
import org.imageferry.copy.Collected;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.store.RegionStore;

/// All that is counted and timed in a process, and the page that tells it.
///
/// A port is watched from the moment it is wrapped; queues and stores are told of once [#watch] was called.
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final LongSupplier nanos;
    private final List<RegionId> regions;
    private final StoreMeters stores;
    private final S3Meters s3;
    private final WebhookMeters webhooks;
    private final CatalogMeters transactions;
    private final CallMeters calls;
    private final CollectorMeters collector;
    private volatile Optional<CatalogLooks> looks = Optional.empty();

    /// @param regions that there are
    /// @param version of the program
    /// @param nanos a stop watch
    public Metrics(List<RegionId> regions, String version, LongSupplier nanos) {
        this.nanos = nanos;
        this.regions = List.copyOf(regions);
        this.stores = new StoreMeters(registry);
        this.s3 = new S3Meters(registry);
        this.webhooks = new WebhookMeters(registry);
        this.transactions = new CatalogMeters(registry);
        this.calls = new CallMeters(registry);
        this.collector = new CollectorMeters(registry, regions);
        ProcessGauges.register(registry, version);
    }

    /// The same store, watched.
    public RegionStore watched(RegionId region, RegionStore store) {
        return new MeteredRegionStore(store, region, stores, nanos);
    }

    /// The same catalog, watched.
    public Catalog watched(Catalog catalog) {
        return new MeteredCatalog(catalog, transactions, nanos);
    }

    /// Tells of the queues and stores of these regions, too, and of tasks that end from now on. To be called once.
    ///
    /// @throws org.imageferry.catalog.CatalogException if the catalog can't be read
    public void watch(Catalog catalog, RegionMap map) {
        watch(catalog, map, CatalogLooks.Freshness.USUAL);
    }

    void watch(Catalog catalog, RegionMap map, CatalogLooks.Freshness freshness) {
        GaugeWithCallback.builder()
                .name("imageferry_region_available")
                .help("Whether the region's store can be written: 1, else 0.")
                .labelNames("region")
                .callback(each ->
                        map.all()
                                .forEach(region ->
                                        each.call(
                                                region.health().trouble().isEmpty() ? 1 : 0,
                                                region.id().value())))
                .register(registry);
        looks =
                Optional.of(
                        new CatalogLooks(registry, webhooks, catalog, regions, nanos, freshness));
    }

    /// A pass of the collector ended.
    public void collected(RegionId region, Collected collected) {
        collector.collected(region, collected);
    }

    /// A request was made to S3.
    ///
    /// @param request its kind, such as `put`
    /// @param outcome such as `ok`
    /// @param took in nanoseconds
    public void askedS3(RegionId region, String request, String outcome, long took) {
        s3.asked(region, request, outcome, took);
    }

    /// A webhook was told of an event, or was not to be reached.
    ///
    /// @param outcome `delivered`, `refused` or `unanswered`
    public void triedWebhook(String outcome) {
        webhooks.tried(outcome);
    }

    /// A call was answered.
    ///
    /// @param action one that we have; empty if what was asked for is none
    /// @param code of the error, or `OK`
    /// @param took in nanoseconds
    public void called(String action, String code, long took) {
        calls.called(action, code, took);
    }

    /// What is told at `/metrics`.
    public record Page(String contentType, ByteBuffer body) {}

    /// All metrics as they are now, at most a second old; of what the stores hold, fifteen.
    ///
    /// @param accept the request's header `Accept`: of the formats it names, one that we have, else Prometheus' own
    public Page page(String accept) {
        looks.ifPresent(CatalogLooks::refresh);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a stream in memory
        }
        return new Page(writer.getContentType(), ByteBuffer.wrap(body.toByteArray()));
    }
}
