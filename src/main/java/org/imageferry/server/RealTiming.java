package org.imageferry.server;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.imageferry.store.Timing;

/// The machine's own time and chance.
final class RealTiming implements Timing {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void rest(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
