package org.imageferry.server;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Calls one of those who wait, and if nobody does, the next who would. More calls until then are one.
///
/// Who was called and takes a piece has it called again: so as many come as there is work for, where all that came at
/// once would ask the catalog for the same piece.
final class Call {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition one = lock.newCondition();
    private final Condition never = lock.newCondition();
    private boolean open;
    private boolean over;

    void call() {
        lock.lock();
        try {
            open = true;
            one.signal();
        } finally {
            lock.unlock();
        }
    }

    /// From now on nobody waits.
    void end() {
        lock.lock();
        try {
            over = true;
            one.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Follows no call for a while, then waits for one, but no longer than `most` in all.
    ///
    /// @return whether there was a call in the first while
    boolean await(Duration deaf, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = deaf.toNanos();
            while (left > 0) {
                left = never.awaitNanos(left);
            }
            boolean called = open;
            left = most.minus(deaf).toNanos();
            while (!open && !over && left > 0) {
                left = one.awaitNanos(left);
            }
            open = false;
            return called;
        } finally {
            lock.unlock();
        }
    }
}
