package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Webhooks;

/// What webhooks are told. Nothing here tells which they are: addresses may have secrets in them.
final class WebhookMeters {
    private final Counter attempts;
    private final Gauge waiting;
    private final Gauge age;

    WebhookMeters(PrometheusRegistry registry) {
        this.attempts =
                Counter.builder()
                        .name("imageferry_webhook_attempts_total")
                        .help(
                                "Attempts of this process to tell a webhook of an event, by how they went.")
                        .labelNames("outcome")
                        .register(registry);
        for (String outcome : List.of("delivered", "refused", "unanswered")) {
            attempts.initLabelValues(outcome);
        }
        this.waiting =
                Gauge.builder()
                        .name("imageferry_webhook_deliveries_waiting")
                        .help("Events that webhooks are still to be told of.")
                        .register(registry);
        this.age =
                Gauge.builder()
                        .name("imageferry_oldest_webhook_delivery_age_seconds")
                        .unit(Unit.SECONDS)
                        .help("How long ago the oldest of these events was; 0 if there is none.")
                        .register(registry);
    }

    /// What waits, as one transaction sees it.
    record Look(Instant now, Webhooks.Waiting waiting) {
        static Look at(Tables tables) {
            return new Look(tables.now(), tables.webhooks().waiting());
        }
    }

    void tried(String outcome) {
        attempts.labelValues(outcome).inc();
    }

    void tell(Look look) {
        waiting.set((double) look.waiting().deliveries());
        age.set(
                (double)
                        look.waiting()
                                .oldest()
                                .map(at -> Duration.between(at, look.now()).toSeconds())
                                .map(seconds -> Math.max(0, seconds))
                                .orElse(0L));
    }

    /// Nobody knows what waits.
    void unknown() {
        waiting.clear();
        age.clear();
    }
}
