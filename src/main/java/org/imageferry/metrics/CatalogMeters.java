package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/// How this process' transactions in the catalog go.
final class CatalogMeters {
    /// Whether a transaction may change anything.
    enum Kind {
        read,
        write
    }

    private final Histogram seconds;
    private final Counter retries;
    private final Counter errors;

    CatalogMeters(PrometheusRegistry registry) {
        this.seconds =
                Histogram.builder()
                        .name("imageferry_catalog_transaction_seconds")
                        .unit(Unit.SECONDS)
                        .help("Time that transactions took, with the wait for their turn.")
                        .labelNames("kind")
                        .classicOnly()
                        .classicUpperBounds(Spans.CALLS)
                        .register(registry);
        this.retries =
                Counter.builder()
                        .name("imageferry_catalog_retries_total")
                        .help(
                                "Times that a transaction was run again, since it was in another's way.")
                        .labelNames("kind")
                        .register(registry);
        this.errors =
                Counter.builder()
                        .name("imageferry_catalog_errors_total")
                        .help("Transactions that the catalog itself failed.")
                        .labelNames("kind")
                        .register(registry);
        for (Kind kind : Kind.values()) {
            seconds.initLabelValues(kind.name());
            retries.initLabelValues(kind.name());
            errors.initLabelValues(kind.name());
        }
    }

    /// @param runs how often its work was run
    void took(Kind kind, long nanos, int runs) {
        seconds.labelValues(kind.name()).observe(Spans.seconds(nanos));
        retries.labelValues(kind.name()).inc(Math.max(0, runs - 1));
    }

    void failed(Kind kind) {
        errors.labelValues(kind.name()).inc();
    }
}
