package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int WORKS = 4;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Lanes lanes = new Lanes(executor, 3, WORKS);
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        executor.close();
    }

    private interface Steps {
        boolean step() throws Exception;
    }

    private Lane lane(Steps steps) {
        return new Lane() {
            @Override
            public boolean step() throws Exception {
                return steps.step();
            }

            @Override
            public void close() {
                events.add("closed");
            }
        };
    }

    @Test
    void lanesShareTheWorkUntilItIsDone() throws Exception {
        AtomicInteger left = new AtomicInteger(100);
        lanes.run(() -> lane(() -> left.getAndDecrement() > 0));
        assertThat(left).hasValueLessThanOrEqualTo(0);
        assertThat(events).hasSize(3);
    }

    @Test
    void theFirstFailureStopsTheOthers() {
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() ->
                        lanes.run(() ->
                                lane(() -> {
                                    if (steps.incrementAndGet() == 50) {
                                        throw new IllegalStateException("no more");
                                    }
                                    return true;
                                })))
                .hasMessage("no more");
        assertThat(events).hasSize(3);
    }

    /// Else its memory would go to others while it is still written to.
    @Test
    void anInterruptWaitsForTheOtherLanes() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                lanes.run(() ->
                                        made.incrementAndGet() == 1
                                                ? lane(() -> false)
                                                : lane(() -> waits(interrupted)));
                            } catch (Exception e) {
                                events.add(e.getClass().getSimpleName());
                            }
                        });
        caller.interrupt();
        interrupted.countDown();
        caller.join();
        assertThat(events).endsWith("InterruptedException").hasSize(4);
    }

    private static boolean waits(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return false;
    }

    @Test
    void bothAreDoneAtTheSameTime() throws Exception {
        CountDownLatch met = new CountDownLatch(2);
        Lanes.Work meet =
                () -> {
                    met.countDown();
                    met.await();
                    events.add("met");
                };
        lanes.both(meet, meet);
        assertThat(events).containsExactly("met", "met");
    }

    @Test
    void whenOneOfBothFailsTheOtherHasEnded() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch failing = new CountDownLatch(1);
        Lanes.Work fail =
                () -> {
                    begun.await();
                    failing.countDown();
                    throw new IllegalStateException("broken");
                };
        Lanes.Work end =
                () -> {
                    begun.countDown();
                    failing.await();
                    events.add("ended");
                };
        assertThatThrownBy(() -> lanes.both(fail, end)).hasMessage("broken");
        assertThat(events).containsExactly("ended");
    }

    @Test
    void withOneLaneTheSecondFollowsTheFirst() throws Exception {
        Lanes single = new Lanes(executor, 1, WORKS);
        single.both(() -> events.add("first"), () -> events.add("second"));
        assertThat(events).containsExactly("first", "second");
    }

    /// Each of them has memory. All that there may be are needed before one of them ends.
    @Test
    void thereAreNeverMoreThanTwiceAsManyLanesAsWorks() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(2 * WORKS);
        List<Future<?>> works = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            works.add(
                    executor.submit(() -> {
                        lanes.run(() -> counted(atOnce, most, all), 8);
                        return true;
                    }));
        }
        for (Future<?> work : works) {
            work.get();
        }
        assertThat(most).hasValue(2 * WORKS);
    }

    private static Lane counted(AtomicInteger atOnce, AtomicInteger most, CountDownLatch all) {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        all.countDown();
        return new Lane() {
            @Override
            public boolean step() throws InterruptedException {
                all.await();
                return false;
            }

            @Override
            public void close() {
                atOnce.decrementAndGet();
            }
        };
    }
}
