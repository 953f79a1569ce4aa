package org.imageferry.server;

import java.time.Duration;
import org.imageferry.events.EventFeed;

/// Takes each ring of a bell for a hint. It rings for all that happens, hundreds of times a second when
/// much does: who waits wakes up ten times at most.
record BellHints(Bell bell) implements EventFeed.Hints {
    private static final Duration MOMENT = Duration.ofMillis(100);

    @Override
    public long count() {
        return bell.rings();
    }

    @Override
    public void await(long seen, Duration most) throws InterruptedException {
        boolean _ = bell.await(seen, most.compareTo(MOMENT) < 0 ? most : MOMENT, most);
    }
}
