package org.imageferry.server;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes the workers when there may be something to do. Whoever looked before it rang does not sleep
/// through it.
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final Condition never = lock.newCondition();
    private long rings;

    void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How often it has rung; to be asked before looking for work.
    long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /// Sleeps through all ringing for a while, then until it has rung more than `heard` times, but no
    /// longer than `most` in all.
    ///
    /// @return whether it rang in the first while
    boolean await(long heard, Duration deaf, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = deaf.toNanos();
            while (left > 0) {
                left = never.awaitNanos(left);
            }
            boolean rang = rings != heard;
            left = most.minus(deaf).toNanos();
            while (rings == heard && left > 0) {
                left = rung.awaitNanos(left);
            }
            return rang;
        } finally {
            lock.unlock();
        }
    }
}
