package org.imageferry.cli;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The interruption of this process: a shutdown hook, which signals run and a normal end does too, by
/// which time all guards are closed.
final class ProcessInterruption implements Interruption {
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Deque<Runnable> lasts = new ConcurrentLinkedDeque<>();
    private final Runnable end;
    private volatile boolean well;

    ProcessInterruption() {
        this(() -> Runtime.getRuntime().halt(0)); // a signal's exit code can't be changed otherwise
    }

    /// @param end ends the process with 0
    ProcessInterruption(Runnable end) {
        this.end = end;
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "interruption"));
    }

    /// Whoever rests wakes up at once and may close its guard: who is to run is settled before that.
    void interrupt() {
        List<Runnable> now = List.copyOf(lasts);
        boolean endsWell = well;
        interrupted.countDown();
        now.forEach(Runnable::run);
        if (endsWell) {
            end.run();
        }
    }

    @Override
    public boolean happened() {
        return interrupted.getCount() == 0;
    }

    @Override
    public Guard onInterrupt(Runnable last) {
        lasts.addFirst(last);
        return () -> lasts.remove(last);
    }

    @Override
    public Guard endsWell() {
        well = true;
        return () -> well = false;
    }

    @Override
    public void rest(Duration time) {
        try {
            boolean _ = interrupted.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
