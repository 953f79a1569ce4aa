package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.store.Timing;
import org.junit.jupiter.api.Test;

class RealCourtesyTest {
    private static final Duration PIECE = Duration.ofMillis(10);

    private final List<Duration> rests = new ArrayList<>();
    private long now;
    private final RealCourtesy courtesy =
            new RealCourtesy(
                    new Timing() {
                        @Override
                        public long nanos() {
                            return now;
                        }

                        @Override
                        public void rest(Duration time) {
                            rests.add(time);
                            now += time.toNanos();
                        }

                        @Override
                        public double chance() {
                            return 0;
                        }
                    });

    private void work(Duration time) {
        now += time.toNanos();
        courtesy.giveWay();
    }

    private Duration rested() {
        return rests.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void nobodyIsGivenWayToWhereNothingElseIsDone() {
        courtesy.begin();
        work(PIECE);
        assertThat(rests).isEmpty();
    }

    @Test
    void whilePartsAreAtWorkItRestsFourTimesAsLongAsItHasWorked() throws Exception {
        courtesy.begin();
        courtesy.first(() -> {
            work(PIECE);
            work(PIECE.multipliedBy(2));
            return rests;
        });
        work(PIECE);
        assertThat(rests).containsExactly(PIECE.multipliedBy(4), PIECE.multipliedBy(8));
    }

    @Test
    void whatWasWaitedForIsNotMadeUpFor() throws Exception {
        courtesy.begin();
        courtesy.first(() -> {
            work(Duration.ofMinutes(1));
            return rests;
        });
        assertThat(rests).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void whoWaitsForAnAnswerGetsItWithinAMinute() throws Exception {
        courtesy.begin();
        courtesy.first(() -> {
            for (int i = 0; i < 10_000; i++) {
                work(PIECE);
            }
            return rests;
        });
        assertThat(rested()).isEqualTo(Duration.ofSeconds(40));
        courtesy.begin();
        courtesy.first(() -> {
            work(PIECE);
            return rests;
        });
        assertThat(rests.getLast())
                .as("the next time begins anew")
                .isEqualTo(PIECE.multipliedBy(4));
    }
}
