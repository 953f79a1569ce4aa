package org.imageferry.store.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.store.Timing;

/// Time that passes only while somebody rests, and chance that is none.
final class NoRest implements Timing {
    private long nanos;
    private final List<Duration> rests = new ArrayList<>();

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void rest(Duration time) {
        nanos += time.toNanos();
        rests.add(time);
    }

    @Override
    public double chance() {
        return 0;
    }

    synchronized List<Duration> rests() {
        return List.copyOf(rests);
    }
}
