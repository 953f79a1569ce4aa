package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SpeedTest {
    private Instant now = Instant.EPOCH;
    private final Speed speed = new Speed(() -> now);

    private BarState.Moving after(Duration time, long done) {
        now = now.plus(time);
        return speed.at(done, 1000);
    }

    @Test
    void aFirstLookTellsNoSpeed() {
        assertThat(after(Duration.ZERO, 100))
                .extracting(BarState.Moving::bytesPerSecond, m -> m.left().isPresent())
                .containsExactly(0.0, false);
    }

    @Test
    void tellsHowLongTheRestTakes() {
        after(Duration.ZERO, 0);

        BarState.Moving moving = after(Duration.ofSeconds(2), 200);

        assertThat(moving.bytesPerSecond()).isEqualTo(100);
        assertThat(moving.left()).contains(Duration.ofSeconds(8));
    }

    @Test
    void forgetsWhatWasLongAgo() {
        after(Duration.ZERO, 0);
        for (int second = 0; second < 10; second++) {
            after(Duration.ofSeconds(1), 500);
        }

        assertThat(after(Duration.ofSeconds(1), 500).left()).isEmpty();
    }
}
