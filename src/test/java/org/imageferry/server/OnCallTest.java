package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnCallTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Call call = new Call(1);
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean dismissed = new AtomicBoolean();

    private OnCall worker(Duration most) {
        return new OnCall(call, 0, () -> most, this::step, dismissed::get);
    }

    private boolean step() {
        looks.incrementAndGet();
        return left.getAndDecrement() > 0;
    }

    @Test
    void whoIsNotCalledDoesNotLook() throws Exception {
        OnCall worker = worker(LONG);
        Thread thread = Thread.ofPlatform().daemon().start(() -> run(worker));
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(looks).hasValue(0);
        call.call();
        thread.join();
        assertThat(looks).hasValue(1);
    }

    private static void run(OnCall worker) {
        try {
            worker.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsCalledWorksAsLongAsThereIsSomething() throws Exception {
        left.set(3);
        call.call();

        worker(LONG).run();

        assertThat(looks).hasValue(4);
    }

    @Test
    void whoIsNeverCalledLooksAfterAWhile() throws Exception {
        worker(Duration.ZERO).run();

        assertThat(looks).hasValue(1);
    }

    @Test
    void whoIsDismissedBeginsNothing() throws Exception {
        dismissed.set(true);
        call.end();

        worker(LONG).run();

        assertThat(looks).hasValue(0);
    }
}
