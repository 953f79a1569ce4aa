package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import org.imageferry.domain.RegionId;

/// How this process' requests to S3 go, each try for itself: what is behind the operations of a region's
/// store, and what object storage is paid for.
final class S3Meters {
    private final Counter requests;
    private final Histogram seconds;

    S3Meters(PrometheusRegistry registry) {
        this.requests =
                Counter.builder()
                        .name("imageferry_s3_requests_total")
                        .help("Requests to S3, tries counted each, by how they went.")
                        .labelNames("region", "request", "outcome")
                        .register(registry);
        this.seconds =
                Histogram.builder()
                        .name("imageferry_s3_request_seconds")
                        .unit(Unit.SECONDS)
                        .help("Time that requests to S3 took, without the wait for their turn.")
                        .labelNames("region", "request")
                        .classicOnly()
                        .classicUpperBounds(Spans.CALLS)
                        .register(registry);
    }

    void asked(RegionId region, String request, String outcome, long nanos) {
        requests.labelValues(region.value(), request, outcome).inc();
        seconds.labelValues(region.value(), request).observe(Spans.seconds(nanos));
    }
}
