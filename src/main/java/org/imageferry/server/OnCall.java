package org.imageferry.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A worker that sleeps until it is called, and then works as long as it finds something to do.
///
/// It does not look at its start either: there are hundreds of workers, and while all looked at once, calls of
/// clients would wait for a tenth of a second.
final class OnCall implements Crew.Turn {
    private final Call call;
    private final int rank;
    private final Supplier<Duration> most;
    private final Callable<Boolean> step;
    private final BooleanSupplier dismissed;
    private final Looks looks = new Looks();

    /// @param rank among those who wait for the call: the first is called first
    /// @param most tells each time how long to sleep at most without a call
    /// @param step tells whether it found something and did it
    OnCall(
            Call call,
            int rank,
            Supplier<Duration> most,
            Callable<Boolean> step,
            BooleanSupplier dismissed) {
        this.call = call;
        this.rank = rank;
        this.most = most;
        this.step = step;
        this.dismissed = dismissed;
    }

    @Override
    public void run() throws Exception {
        Duration deaf = looks.deaf();
        looks.slept(deaf, call.await(rank, deaf, most.get()));
        boolean found = true;
        while (found && !dismissed.getAsBoolean()) {
            found = step.call();
            looks.looked(found);
        }
    }
}
