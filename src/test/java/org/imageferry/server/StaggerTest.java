package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StaggerTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final Stagger stagger = new Stagger(clock::get);
    private final List<String> order = new CopyOnWriteArrayList<>();

    private boolean part(String name, long seconds) throws Exception {
        return stagger.inTurn(() -> {
            order.add(name);
            clock.addAndGet(seconds * SECOND);
            return true;
        });
    }

    private Thread partOfAnother(String name) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        part(name, 1);
                    } catch (Exception e) {
                        order.add(e.toString());
                    }
                });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void oneAfterTheOtherNobodyWaits() throws Exception {
        assertThat(part("first", 100)).isTrue();
        assertThat(part("second", 1)).isTrue();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void whileAPartIsInWorkTheNextIsTakenLater() throws Exception {
        part("before", 4_000);
        Thread[] other = new Thread[1];
        stagger.inTurn(() -> {
            other[0] = partOfAnother("other");
            awaitWaiting(other[0]);
            order.add("mine is done");
            return true;
        });
        other[0].join();
        assertThat(order).containsExactly("before", "mine is done", "other");
    }

    @Test
    void aLookInVainKeepsNobodyWaiting() throws Exception {
        part("before", 8);
        clock.addAndGet(SECOND);
        assertThat(stagger.inTurn(() -> false)).isFalse();
        boolean[] took = new boolean[1];
        stagger.inTurn(() -> {
            clock.addAndGet(SECOND);
            Thread other = partOfAnother("other");
            other.join();
            took[0] = true;
            return true;
        });
        assertThat(took[0]).isTrue();
        assertThat(order).containsExactly("before", "other");
    }
}
