package org.imageferry.store;

import java.time.Duration;

/// Time and chance, as a store needs them to wait before another try and to keep to a pace. The server
/// has the real ones.
public interface Timing {
    /// Nanoseconds since some moment that stays the same.
    long nanos();

    void rest(Duration time) throws InterruptedException;

    /// @return at least 0 and less than 1
    double chance();
}
