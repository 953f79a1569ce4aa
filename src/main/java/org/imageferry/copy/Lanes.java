package org.imageferry.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Spreads the work inside a part over the cores.
///
/// A few more lanes than cores, so that some compute while others wait for a disk. Each has up to 3 MiB of
/// memory, so there are only so many in all: each work has one, for which it waits before it holds anything
/// else, and of the others as many as are left.
public final class Lanes {
    private final ExecutorService executor;
    private final int width;
    private final Semaphore works;
    private final Semaphore others;

    /// @param executor starts a thread for whatever it is given; not asked at all when `width` is 1
    /// @param width lanes for one piece of work
    /// @param works pieces of work that are done at once; they have as many lanes again to share
    public Lanes(ExecutorService executor, int width, int works) {
        this.executor = executor;
        this.width = width;
        this.works = new Semaphore(works, true);
        this.others = new Semaphore(works);
    }

    /// Runs lanes as [#run(Supplier)] does, up to so many: more than there are cores, because they wait for a
    /// store that is far away.
    void run(Supplier<? extends Lane> lanes, int most) throws Exception {
        works.acquireUninterruptibly(); // an interrupt is heard below, and others end
        int more = 0;
        try {
            while (more < Math.max(width, most) - 1 && others.tryAcquire()) {
                more++;
            }
            run(1 + more, lanes);
        } finally {
            others.release(more);
            works.release();
        }
    }

    /// Runs lanes until the work is done or one of them fails; then the others stop after their
    /// piece. Returns once all have stopped.
    ///
    /// @throws Exception what the first of them failed with
    void run(Supplier<? extends Lane> lanes) throws Exception {
        run(lanes, width);
    }

    /// What is done beside something else, and needs little memory.
    interface Work {
        void run() throws Exception;
    }

    /// Does both at the same time, or, with a width of 1, the second if the first went well. Returns once both
    /// have ended.
    ///
    /// @throws Exception what the first of them failed with
    void both(Work first, Work second) throws Exception {
        Queue<Work> works = new ConcurrentLinkedQueue<>(List.of(first, second));
        run(Math.min(width, works.size()), () -> new Turns(works));
    }

    /// @param works taken by several
    private record Turns(Queue<Work> works) implements Lane {
        @Override
        public boolean step() throws Exception {
            Work next = works.poll();
            if (next == null) {
                return false;
            }
            next.run();
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private void run(int wide, Supplier<? extends Lane> lanes) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Callable<Boolean> hand = () -> work(lanes, stop);
        List<Future<Boolean>> others = new ArrayList<>();
        for (int i = 1; i < wide; i++) {
            others.add(executor.submit(hand));
        }
        Exception failure = outcome(hand);
        for (Future<Boolean> other : others) {
            Exception theirs = outcome(() -> await(other, stop));
            failure = failure == null ? theirs : failure;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Waits until the lane has stopped, whatever comes: as long as it runs it uses memory that is given
    /// to others once we leave.
    private static Boolean await(Future<Boolean> lane, AtomicBoolean stop)
            throws InterruptedException, ExecutionException {
        boolean interrupted = false;
        while (!lane.isDone()) {
            try {
                lane.get();
            } catch (InterruptedException e) {
                interrupted = true;
                stop.set(true);
            } catch (ExecutionException e) {
                break;
            }
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while lanes were at work");
        }
        return lane.get();
    }

    private static boolean work(Supplier<? extends Lane> lanes, AtomicBoolean stop)
            throws Exception {
        try (Lane lane = lanes.get()) {
            while (!stop.get() && lane.step()) {
                // each step is a piece
            }
            return true;
        } catch (Throwable e) {
            stop.set(true);
            throw e;
        }
    }

    private static @org.jspecify.annotations.Nullable Exception outcome(Callable<Boolean> hand) {
        try {
            hand.call();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (Exception e) {
            return e;
        }
    }
}
