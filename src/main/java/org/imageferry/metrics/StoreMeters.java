package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Locale;
import org.imageferry.domain.RegionId;
import org.imageferry.store.StoreException;

/// How this process' use of the regions' stores goes.
final class StoreMeters {
    /// What can be asked of a store.
    enum Operation {
        READ,
        WRITE,
        LENGTH,
        LIST,
        DELETE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Histogram seconds;
    private final Counter errors;
    private final Counter read;
    private final Counter written;

    StoreMeters(PrometheusRegistry registry) {
        this.seconds =
                Histogram.builder()
                        .name("imageferry_store_operation_seconds")
                        .unit(Unit.SECONDS)
                        .help("Time that operations of a region's store took, failed or not.")
                        .labelNames("region", "operation")
                        .classicOnly()
                        .classicUpperBounds(Spans.CALLS)
                        .register(registry);
        this.errors =
                Counter.builder()
                        .name("imageferry_store_errors_total")
                        .help("Operations of a region's store that failed, by kind of failure.")
                        .labelNames("region", "operation", "kind")
                        .register(registry);
        this.read =
                Counter.builder()
                        .name("imageferry_store_read_bytes_total")
                        .unit(Unit.BYTES)
                        .help("Bytes read from a region's store.")
                        .labelNames("region")
                        .register(registry);
        this.written =
                Counter.builder()
                        .name("imageferry_store_written_bytes_total")
                        .unit(Unit.BYTES)
                        .help("Bytes written to a region's store.")
                        .labelNames("region")
                        .register(registry);
    }

    void took(RegionId region, Operation operation, long nanos) {
        seconds.labelValues(region.value(), operation.label()).observe(Spans.seconds(nanos));
    }

    void failed(RegionId region, Operation operation, StoreException.Kind kind) {
        errors.labelValues(region.value(), operation.label(), kind.name().toLowerCase(Locale.ROOT))
                .inc();
    }

    void read(RegionId region, long bytes) {
        read.labelValues(region.value()).inc(bytes);
    }

    void wrote(RegionId region, long bytes) {
        written.labelValues(region.value()).inc(bytes);
    }
}
