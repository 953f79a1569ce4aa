package org.imageferry.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Waits for nothing: while somebody would wait, the next thing that a test has planned happens.
public final class TestHints implements EventFeed.Hints {
    private final List<Runnable> planned = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();

    /// Happens while somebody waits, after what was planned before.
    public synchronized void meanwhile(Runnable happens) {
        planned.add(happens);
    }

    /// How long each wait would have been at most.
    public synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }

    @Override
    public long count() {
        return 0;
    }

    @Override
    public void await(long seen, Duration most) {
        next(most).run();
    }

    private synchronized Runnable next(Duration most) {
        waits.add(most);
        if (planned.isEmpty()) {
            throw new AssertionError("nothing will ever happen");
        }
        return planned.removeFirst();
    }
}
