package org.imageferry.server;

import java.time.Duration;

/// How eager one worker is to look for work when the bell rings.
///
/// Each change rings for many, and most looks are in vain. Where changes come
/// by the hundred in a second, workers that looked each time would keep the catalog busy with nothing
/// else. So after a few vain looks in a row a worker sleeps through the ringing for a moment, as long as
/// it goes on.
final class Looks {
    /// More than one copy's way through the queue rings, so that none is slowed down by this.
    private static final int FREE = 8;

    private static final Duration MOMENT = Duration.ofMillis(50);

    private int vain;

    void looked(boolean found) {
        vain = found ? 0 : vain + 1;
    }

    /// How long to sleep through the ringing after the last look.
    Duration deaf() {
        return vain > FREE ? MOMENT : Duration.ZERO;
    }

    /// To be called after such a sleep.
    ///
    /// @param rang whether the bell rang in it
    void slept(Duration deaf, boolean rang) {
        if (deaf.isPositive() && !rang) {
            vain = 0;
        }
    }
}
