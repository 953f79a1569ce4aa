package org.imageferry.server;

import java.time.Duration;
import java.util.List;

/// How a server serves, whatever it serves.
///
/// @param drainDelay between telling that no more requests are wanted, and taking no more
public record ServingSettings(Duration drainDelay) {
    /// The keys of the top level that are about this.
    static final List<String> KEYS = List.of(Setting.DRAIN_DELAY.key());

    static final ServingSettings DEFAULTS = new ServingSettings(Setting.DRAIN_DELAY.preset());

    static ServingSettings read(YamlSection section) throws StartException {
        return new ServingSettings(section.value(Setting.DRAIN_DELAY));
    }
}
