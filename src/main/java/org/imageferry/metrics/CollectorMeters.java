package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import org.imageferry.copy.Collected;
import org.imageferry.domain.RegionId;

/// What this process' collector did.
final class CollectorMeters {
    private final Counter passes;
    private final Counter condemned;
    private final Counter deleted;
    private final Counter deletedBytes;
    private final Counter compacted;
    private final Counter reclaimed;

    CollectorMeters(PrometheusRegistry registry, List<RegionId> regions) {
        this.passes =
                counter(
                                "imageferry_collector_passes_total",
                                "Passes over a region that ended well.")
                        .register(registry);
        this.condemned =
                counter(
                                "imageferry_collector_condemned_objects_total",
                                "Objects that nothing needed any more.")
                        .register(registry);
        this.deleted =
                counter(
                                "imageferry_collector_deleted_objects_total",
                                "Condemned objects that were deleted.")
                        .register(registry);
        this.deletedBytes =
                counter("imageferry_collector_deleted_bytes_total", "What they took.")
                        .unit(Unit.BYTES)
                        .register(registry);
        this.compacted =
                counter(
                                "imageferry_collector_compacted_segments_total",
                                "Mostly dead segments whose blocks moved into new ones.")
                        .register(registry);
        this.reclaimed =
                counter(
                                "imageferry_collector_reclaimed_bytes_total",
                                "What compacted segments took more than those in their place.")
                        .unit(Unit.BYTES)
                        .register(registry);
        for (Counter each :
                List.of(passes, condemned, deleted, deletedBytes, compacted, reclaimed)) {
            regions.forEach(region -> each.initLabelValues(region.value()));
        }
    }

    private static Counter.Builder counter(String name, String help) {
        return Counter.builder().name(name).help(help).labelNames("region");
    }

    void collected(RegionId id, Collected collected) {
        String region = id.value();
        passes.labelValues(region).inc();
        condemned.labelValues(region).inc(collected.condemned());
        deleted.labelValues(region).inc(collected.deleted());
        deletedBytes.labelValues(region).inc(collected.deletedBytes());
        compacted.labelValues(region).inc(collected.compacted());
        reclaimed.labelValues(region).inc(Math.max(0, collected.reclaimedBytes()));
    }
}
