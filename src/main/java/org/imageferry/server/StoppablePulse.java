package org.imageferry.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imageferry.console.Pulse;

/// Rests in real time, until the server stops.
final class StoppablePulse implements Pulse {
    private final CountDownLatch stopping = new CountDownLatch(1);

    @Override
    public boolean rest(Duration time) {
        try {
            return !stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void stop() {
        stopping.countDown();
    }
}
