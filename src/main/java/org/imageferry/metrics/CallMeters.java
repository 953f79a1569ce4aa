package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How the calls of the API went that this process answered.
final class CallMeters {
    private static final String OTHER = "other";

    /// More error codes than there are. A code is ours, but some have the name of a parameter in them.
    private static final int MOST_CODES = 400;

    private final Counter requests;
    private final Histogram seconds;
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    CallMeters(PrometheusRegistry registry) {
        this.requests =
                Counter.builder()
                        .name("imageferry_api_requests_total")
                        .help(
                                "Answered calls, by action and error code; OK of those that succeeded.")
                        .labelNames("action", "code")
                        .register(registry);
        this.seconds =
                Histogram.builder()
                        .name("imageferry_api_request_seconds")
                        .unit(Unit.SECONDS)
                        .help("Time from a call's head to its answer, with the time its body took.")
                        .labelNames("action")
                        .classicOnly()
                        .classicUpperBounds(Spans.CALLS)
                        .register(registry);
    }

    /// @param action one that we have; empty if what was asked for is none
    void called(String action, String code, long nanos) {
        String known = action.isEmpty() ? OTHER : action;
        requests.labelValues(known, bounded(code)).inc();
        seconds.labelValues(known).observe(Spans.seconds(nanos));
    }

    private String bounded(String code) {
        boolean few = codes.contains(code) || (codes.size() < MOST_CODES && codes.add(code));
        return few ? code : OTHER;
    }
}
