package org.imageferry.store.s3;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.imageferry.store.Timing;

/// Lets as many requests through at once as the window says. Whoever is through waits for nobody, so
/// nobody waits for ever.
final class RequestGate {
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition room = lock.newCondition();
    // Guarded by the lock:
    private final AdaptiveWindow window;
    private int underWay;

    RequestGate(int most, Timing timing) {
        this.window = new AdaptiveWindow(most);
        this.timing = timing;
    }

    void enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (underWay >= window.size()) {
                room.await();
            }
            underWay++;
            window.began(underWay, timing.nanos());
        } finally {
            lock.unlock();
        }
    }

    /// @param carried bytes of content
    void leave(long carried) {
        left(() -> window.finished(carried, timing.nanos()));
    }

    /// After an answer that asked for fewer requests.
    void leaveThrottled() {
        left(() -> window.throttled(timing.nanos()));
    }

    /// After a request that tells nothing about the window.
    void leaveFailed() {
        left(() -> {});
    }

    private void left(Runnable note) {
        lock.lock();
        try {
            underWay--;
            note.run();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
