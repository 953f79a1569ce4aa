package org.imageferry.cli;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.imageferry.ecs.client.EcsFailure;

/// Runs transfers side by side, a few at a time; the first that fails stops the rest from starting.
final class InFlight {
    private static final long TICK_MILLIS = 100;

    /// A transfer.
    @FunctionalInterface
    interface Transfer {
        void run() throws EcsFailure, IOException;
    }

    private final Executor workers;
    private final int most;
    private final Semaphore places;
    private final Runnable tick;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /// @param tick run on the caller's thread now and then while it waits, to show progress
    InFlight(Executor workers, int most, Runnable tick) {
        this.workers = workers;
        this.most = most;
        this.places = new Semaphore(most);
        this.tick = tick;
    }

    /// Waits for a free place, then has the transfer run.
    ///
    /// @throws EcsFailure of an earlier transfer; and so all the others
    void start(Transfer transfer) throws EcsFailure, IOException {
        take(1);
        try {
            rethrow();
        } catch (EcsFailure | IOException | RuntimeException e) {
            places.release();
            throw e;
        }
        workers.execute(() -> run(transfer));
    }

    /// Waits until all have ended.
    void finish() throws EcsFailure, IOException {
        take(most);
        places.release(most);
        rethrow();
    }

    private void run(Transfer transfer) {
        try {
            transfer.run();
        } catch (EcsFailure | IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            places.release();
        }
    }

    private void take(int places) {
        try {
            while (!this.places.tryAcquire(places, TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                tick.run();
            }
            tick.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedCommand();
        }
    }

    private void rethrow() throws EcsFailure, IOException {
        switch (failure.get()) {
            case null -> {}
            case EcsFailure e -> throw e;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException("no transfer throws this", e);
        }
    }
}
