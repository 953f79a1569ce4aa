package org.imageferry.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.copy.Courtesy;
import org.imageferry.store.Timing;

/// Lets who works for others rest while parts are at work, four times as long as it has worked: then it has
/// a fifth of what it shares with them. With no part at work it never rests.
final class RealCourtesy implements Courtesy {
    private static final int REST = 4;

    /// A piece that took longer has waited for something, and need not make up for that.
    private static final Duration LONGEST_PIECE = Duration.ofMillis(250);

    /// From beginning to end. Who waits for an answer gets it while the connection lasts.
    private static final Duration MOST = Duration.ofSeconds(40);

    private final Timing timing;
    private final AtomicInteger atWork = new AtomicInteger();
    private final ThreadLocal<Tally> tallies = ThreadLocal.withInitial(Tally::new);

    private static final class Tally {
        private long since;
        private long rested;
    }

    RealCourtesy(Timing timing) {
        this.timing = timing;
    }

    /// Runs a step that others give way to.
    <T> T first(Callable<T> step) throws Exception {
        atWork.incrementAndGet();
        try {
            return step.call();
        } finally {
            atWork.decrementAndGet();
        }
    }

    @Override
    public void begin() {
        Tally tally = tallies.get();
        tally.since = timing.nanos();
        tally.rested = 0;
    }

    @Override
    public void giveWay() {
        Tally tally = tallies.get();
        long piece = Math.min(timing.nanos() - tally.since, LONGEST_PIECE.toNanos());
        long rest = Math.min(piece * REST, MOST.toNanos() - tally.rested);
        if (atWork.get() > 0 && rest > 0) {
            rest(rest);
            tally.rested += rest;
        }
        tally.since = timing.nanos();
    }

    private void rest(long nanos) {
        try {
            timing.rest(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
