package org.imageferry.server;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Calls the first by rank of those who wait, and if nobody does, the next who would. More calls until then are one.
/// Who has the catalog for himself may call several at once.
///
/// Who was called and takes a piece has it called again: so as many come as there is work for, where all that came at
/// once would ask the catalog for the same piece.
final class Call {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition never = lock.newCondition();
    private final NavigableSet<Integer> waiting = new TreeSet<>();
    private final int atOnce;
    private int open;
    private boolean over;

    /// @param atOnce how many one call is for
    Call(int atOnce) {
        this.atOnce = atOnce;
    }

    void call() {
        lock.lock();
        try {
            open = atOnce;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// From now on nobody waits.
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Follows no call for a while, then waits for one, but no longer than `most` in all.
    ///
    /// @param rank no two that wait have the same
    /// @return whether there was a call in the first while
    boolean await(int rank, Duration deaf, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = deaf.toNanos();
            while (left > 0) {
                left = never.awaitNanos(left);
            }
            boolean called = open > 0;
            waiting.add(rank);
            try {
                left = most.minus(deaf).toNanos();
                while (!isMine(rank) && !over && left > 0) {
                    left = changed.awaitNanos(left);
                }
                open -= isMine(rank) ? 1 : 0;
            } finally {
                waiting.remove(rank);
                changed.signalAll(); // the next is the first now
            }
            return called;
        } finally {
            lock.unlock();
        }
    }

    private boolean isMine(int rank) {
        return open > 0 && waiting.first() == rank;
    }
}
