package org.imageferry.server;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Calls the first by rank of those who wait, and if nobody does, the next who would. More calls until then are one.
///
/// Who was called and takes a piece has it called again: so as many come as there is work for, where all that came at
/// once would ask the catalog for the same piece.
final class Call {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition never = lock.newCondition();
    private final NavigableSet<Integer> waiting = new TreeSet<>();
    private boolean open;
    private boolean over;

    void call() {
        lock.lock();
        try {
            open = true;
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
            boolean called = open;
            waiting.add(rank);
            try {
                left = most.minus(deaf).toNanos();
                while (!isMine(rank) && !over && left > 0) {
                    left = changed.awaitNanos(left);
                }
                open = open && !isMine(rank);
            } finally {
                waiting.remove(rank);
                changed.signalAll(); // who was interrupted leaves the call to the next
            }
            return called;
        } finally {
            lock.unlock();
        }
    }

    private boolean isMine(int rank) {
        return open && waiting.first() == rank;
    }
}
