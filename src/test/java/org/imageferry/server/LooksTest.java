package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LooksTest {
    private final Looks looks = new Looks();

    /// @return how long to sleep through the ringing after so many looks in vain
    private Duration afterVain(int times) {
        for (int i = 0; i < times; i++) {
            looks.looked(false);
        }
        return looks.deaf();
    }

    @Test
    void aFewVainLooksAreFree() {
        assertThat(afterVain(8)).isZero();
        assertThat(afterVain(1)).isPositive();
    }

    @Test
    void whoFindsSomethingIsEagerAgain() {
        afterVain(20);
        looks.looked(true);
        assertThat(looks.deaf()).isZero();
        assertThat(afterVain(8)).isZero();
    }

    @Test
    void onceTheRingingHasStoppedEachIsEagerAgain() {
        Duration deaf = afterVain(20);
        looks.slept(deaf, true);
        assertThat(afterVain(1)).isPositive();
        looks.slept(deaf, false);
        assertThat(afterVain(8)).isZero();
    }

    @Test
    void whoDidNotSleepThroughAnythingHasNotHeardTheEnd() {
        looks.slept(afterVain(8), false);
        assertThat(afterVain(1)).isPositive();
    }
}
