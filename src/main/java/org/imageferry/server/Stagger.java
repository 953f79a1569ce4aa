package org.imageferry.server;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Keeps the workers of a region on this node from taking parts all at the same moment.
///
/// Parts that were begun together share the way to the store, end together, and the next ones would be taken together:
/// the node that is first by a moment takes the last four of a copy, and the others have none. So while a
/// part is in work the next is taken a share of a part's time later.
final class Stagger {
    /// Half of what would spread four workers evenly, so that none waits where parts are short.
    private static final int SHARE = 8;

    private static final long MOST_NANOS = 5_000_000_000L;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    // Guarded by the lock:
    private int inWork;
    private long taken;
    private long gap;

    /// @param before when the part before was taken
    private record Turn(long before, long began) {}

    /// @param nanos the time since some moment that stays the same
    Stagger(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Runs a step when its turn has come.
    ///
    /// @param step tells whether it found a part and did it
    boolean inTurn(Callable<Boolean> step) throws Exception {
        Turn turn = enter();
        boolean found = false;
        try {
            found = step.call();
            return found;
        } finally {
            leave(found, turn);
        }
    }

    private Turn enter() throws InterruptedException {
        lock.lock();
        try {
            long left = taken + gap - nanos.getAsLong();
            while (inWork > 0 && left > 0) {
                idle.awaitNanos(left);
                left = taken + gap - nanos.getAsLong();
            }
            inWork++;
            Turn turn = new Turn(taken, nanos.getAsLong());
            taken = turn.began();
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void leave(boolean found, Turn turn) {
        lock.lock();
        try {
            inWork--;
            if (found) {
                gap = Math.min(MOST_NANOS, (nanos.getAsLong() - turn.began()) / SHARE);
            } else if (taken == turn.began()) {
                taken = turn.before(); // nothing was taken
            }
            if (inWork == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
