package org.imageferry.store.paced;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long SECOND = 1_000_000_000;
    private static final int RATE = 1000;

    @Test
    void aSecondsWorthIsSavedUpAndThenOneWaits() {
        Pace pace = new Pace(RATE);

        assertThat(pace.grant(1000, 0)).isZero();
        assertThat(pace.grant(500, 0)).isZero();
        assertThat(pace.grant(500, 0)).isEqualTo(SECOND / 2);
        assertThat(pace.grant(1, 0)).isEqualTo(SECOND);
    }

    @Test
    void noMoreThanASecondsWorthIsSavedUp() {
        Pace pace = new Pace(RATE);
        pace.grant(1, 0);

        assertThat(pace.grant(1000, 1000 * SECOND)).isZero();
        assertThat(pace.grant(1, 1000 * SECOND)).isZero();
        assertThat(pace.grant(1, 1000 * SECOND)).isPositive();
    }

    /// Whatever clock it is: nanoseconds may begin below zero, and overflow.
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE - SECOND, -SECOND / 2})
    void overTimeNoMoreGoesThanMay(long start) {
        Pace pace = new Pace(RATE);
        Random random = new Random(7);
        long now = start;
        long granted = 0;
        for (int i = 0; i < 10_000; i++) {
            int bytes = random.nextInt(3 * RATE);
            long wait = pace.grant(bytes, now);
            assertThat(granted * (double) SECOND / RATE)
                    .isLessThanOrEqualTo(now + wait - start + 1.001 * SECOND);
            granted += bytes;
            now += wait + random.nextInt(1000);
        }
        assertThat(granted * (double) SECOND / RATE).isGreaterThan(0.99 * (now - start));
    }
}
