package org.imageferry.console;

import java.time.Duration;

/// Lets a feed rest between two looks.
public interface Pulse {
    /// @return false if the server is stopping: the feed ends
    boolean rest(Duration time);
}
