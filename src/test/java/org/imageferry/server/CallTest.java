package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Call call = new Call(1);

    @Test
    void aCallThatNobodyHeardIsForTheNext() throws InterruptedException {
        call.call();
        call.call();
        assertThat(call.await(0, AT_ONCE, LONG)).isTrue();
        assertThat(call.await(0, AT_ONCE, AT_ONCE)).as("two calls are one").isFalse();
    }

    @Test
    void whoFollowsNoCallForAWhileHearsThatThereWasOne() throws InterruptedException {
        call.call();
        assertThat(call.await(0, Duration.ofMillis(5), LONG)).isTrue();
        assertThat(call.await(0, Duration.ofMillis(5), Duration.ofMillis(5))).isFalse();
    }

    @Test
    void whoTakesAPieceHasTheNextCalled() throws Exception {
        Queue<Integer> called = new ConcurrentLinkedQueue<>();
        everyOneEnds(
                rank -> {
                    boolean _ = call.await(rank, AT_ONCE, LONG);
                    called.add(rank);
                    call.call();
                },
                call::call);
        assertThat(called).as("by rank, whoever came first").containsExactly(0, 1, 2, 3);
    }

    @Test
    void atTheEndNobodyWaits() throws Exception {
        everyOneEnds(rank -> assertThat(call.await(rank, AT_ONCE, LONG)).isFalse(), call::end);
        assertThat(call.await(0, AT_ONCE, LONG)).isFalse();
    }

    @Test
    void oneCallMayBeForSeveral() throws Exception {
        Call many = new Call(4);
        everyOneEnds(
                rank -> {
                    boolean _ = many.await(rank, AT_ONCE, LONG);
                },
                many::call);
        assertThat(many.await(0, AT_ONCE, AT_ONCE)).isFalse();
    }

    private interface Worker {
        void work(int rank) throws Exception;
    }

    /// Four workers, of whom the last by rank waits first.
    private static void everyOneEnds(Worker worker, Runnable whenAllWait) throws Exception {
        List<FutureTask<Integer>> all = new ArrayList<>();
        for (int i = 3; i >= 0; i--) {
            int rank = i;
            FutureTask<Integer> task =
                    new FutureTask<>(() -> {
                        worker.work(rank);
                        return rank;
                    });
            all.add(task);
            Thread thread = Thread.ofPlatform().start(task);
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        whenAllWait.run();
        for (FutureTask<Integer> task : all) {
            task.get();
        }
    }
}
