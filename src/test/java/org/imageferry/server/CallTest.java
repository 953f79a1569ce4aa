package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Call call = new Call();

    @Test
    void aCallThatNobodyHeardIsForTheNext() throws InterruptedException {
        call.call();
        call.call();
        assertThat(call.await(AT_ONCE, LONG)).isTrue();
        assertThat(call.await(AT_ONCE, AT_ONCE)).as("two calls are one").isFalse();
    }

    @Test
    void whoFollowsNoCallForAWhileHearsThatThereWasOne() throws InterruptedException {
        call.call();
        assertThat(call.await(Duration.ofMillis(5), LONG)).isTrue();
        assertThat(call.await(Duration.ofMillis(5), Duration.ofMillis(5))).isFalse();
    }

    @Test
    void oneAfterTheOtherIsCalledByWhoCameBefore() throws Exception {
        AtomicInteger called = new AtomicInteger();
        Callable<Boolean> waiting =
                () -> {
                    boolean _ = call.await(AT_ONCE, LONG);
                    called.incrementAndGet();
                    call.call();
                    return true;
                };
        everyOneEnds(List.of(waiting, waiting, waiting, waiting), call::call);
        assertThat(called).hasValue(4);
    }

    @Test
    void atTheEndNobodyWaits() throws Exception {
        Callable<Boolean> waiting = () -> call.await(AT_ONCE, LONG);
        everyOneEnds(List.of(waiting, waiting, waiting), call::end);
        assertThat(call.await(AT_ONCE, LONG)).isFalse();
    }

    private static void everyOneEnds(List<Callable<Boolean>> tasks, Runnable after)
            throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            tasks.forEach(task -> all.add(threads.submit(task)));
            after.run();
            for (Future<Boolean> one : all) {
                one.get();
            }
        }
    }
}
