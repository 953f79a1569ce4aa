package org.imageferry.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server serves, whatever it serves.
///
/// @param drainDelay between telling that no more requests are wanted, and taking no more
/// @param metricsTokenEnv the variable that holds the token for metrics, if one is wanted of those who read them
public record ServingSettings(Duration drainDelay, Optional<String> metricsTokenEnv) {
    private static final String METRICS_TOKEN = "metrics-token-env";

    /// The keys of the top level that are about this.
    static final List<String> KEYS = List.of(Setting.DRAIN_DELAY.key(), METRICS_TOKEN);

    static final ServingSettings DEFAULTS =
            new ServingSettings(Setting.DRAIN_DELAY.preset(), Optional.empty());

    static ServingSettings read(YamlSection section) throws StartException {
        return new ServingSettings(
                section.value(Setting.DRAIN_DELAY), section.variable(METRICS_TOKEN));
    }
}
