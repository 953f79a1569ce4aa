package org.imageferry.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.imageferry.catalog.CatalogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads that each do one thing over and over until they are dismissed, whatever goes wrong in between.
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final Consumer<String> end;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch dismissed = new CountDownLatch(1);

    /// @param end is told why the process must end, if it must
    Crew(Consumer<String> end) {
        this.end = end;
    }

    /// What a thread does over and over.
    interface Turn {
        void run() throws Exception;
    }

    void add(String name, ThreadFactory factory, Turn turn) {
        Runnable loop =
                () -> {
                    while (!dismissed()) {
                        run(turn);
                    }
                };
        Thread thread = factory.newThread(loop);
        thread.setName(name);
        threads.add(thread);
    }

    /// @param before the time before the first, so that what has the same rest does not always meet
    void every(
            Duration rest,
            Duration before,
            String name,
            ThreadFactory factory,
            Callable<Boolean> step) {
        AtomicBoolean first = new AtomicBoolean(true);
        add(
                name,
                factory,
                () -> {
                    if (!rest(first.getAndSet(false) ? before : rest)) {
                        step.call();
                    }
                });
    }

    /// @param before the time before the first
    /// @param step says how long to rest
    void paced(String name, Duration before, ThreadFactory factory, Callable<Duration> step) {
        AtomicBoolean first = new AtomicBoolean(true);
        add(
                name,
                factory,
                () -> {
                    if (!first.getAndSet(false) || !rest(before)) {
                        boolean _ = rest(step.call());
                    }
                });
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /// Each ends after its turn.
    void dismiss() {
        dismissed.countDown();
    }

    boolean dismissed() {
        return dismissed.getCount() == 0;
    }

    /// Waits until all have ended.
    ///
    /// @param patience waits no longer
    void await(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether they were dismissed meanwhile
    private boolean rest(Duration time) throws InterruptedException {
        return dismissed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// A fault of ours, want of memory, or a catalog that can't be written: said once a second, and tried again. A
    /// thread that ended would leave its work undone.
    private void run(Turn turn) {
        try {
            try {
                turn.run();
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                tell(e);
                boolean _ = rest(AFTER_A_FAULT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            dismiss();
        }
    }

    private void tell(Throwable fault) {
        if (fault instanceof CatalogException gone && gone.replaced()) {
            end.accept(String.valueOf(gone.getMessage()));
        } else if (!dismissed()) {
            LOG.atError().setCause(fault).log("worker failed");
        }
    }
}
