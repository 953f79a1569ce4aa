package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final Instant EVENT = Instant.parse("2026-11-22T01:09:36Z");
    private static final RandomGenerator IN_THE_MIDDLE = () -> Long.MIN_VALUE;

    @Test
    void aDeliveryIsTriedAgainAfterLongerAndLongerForADay() {
        Retries retries = new Retries(IN_THE_MIDDLE);
        List<Duration> waits = new ArrayList<>();
        Instant now = EVENT;
        Optional<Instant> next = retries.next(1, EVENT, now);
        while (next.isPresent()) {
            waits.add(Duration.between(now, next.get()));
            now = next.get();
            next = retries.next(waits.size() + 1, EVENT, now);
        }
        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(135),
                        Duration.ofSeconds(405),
                        Duration.ofSeconds(1_215),
                        Duration.ofSeconds(3_645),
                        Duration.ofSeconds(10_935),
                        Duration.ofHours(6),
                        Duration.ofHours(6),
                        Duration.ofHours(6));
    }

    @Test
    void eachWaitIsAFifthShorterOrLongerAtMost() {
        Retries retries = new Retries(new Random(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(retries.next(1, EVENT, EVENT))
                    .hasValueSatisfying(next ->
                            assertThat(next)
                                    .isBetween(EVENT.plusMillis(4_000), EVENT.plusMillis(6_000)));
        }
    }

    @Test
    void howeverManyAttemptsThereWereAWaitHasABound() {
        assertThat(new Retries(IN_THE_MIDDLE).next(Integer.MAX_VALUE, EVENT, EVENT))
                .contains(EVENT.plus(Duration.ofHours(6)));
    }

    @Test
    void aWebhookThatFailsIsLeftAloneForAMinuteAtMost() {
        assertThat(Retries.rest(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Retries.rest(5)).isEqualTo(Duration.ofSeconds(32));
        assertThat(Retries.rest(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }
}
