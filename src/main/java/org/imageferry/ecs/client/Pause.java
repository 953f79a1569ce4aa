package org.imageferry.ecs.client;

import java.time.Duration;

/// Lets time pass. May return early when there is nothing left to wait for.
@FunctionalInterface
public interface Pause {
    void rest(Duration time);
}
