package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.imageferry.copy.Caller;
import org.junit.jupiter.api.Test;

class NonceMemoryTest {
    private Instant now = EdgeScene.NOW;
    private final NonceMemory memory = new NonceMemory(3, () -> now);

    @Test
    void aNonceIsSpentOnce() {
        assertThat(memory.spend(caller("a"))).isTrue();
        assertThat(memory.spend(caller("a"))).isFalse();
        assertThat(memory.holds(caller("a"))).isTrue();
        assertThat(memory.holds(caller("b"))).isFalse();
    }

    @Test
    void itIsKeptForHalfAnHour() {
        memory.spend(caller("a"));

        now = now.plus(Duration.ofMinutes(30));
        assertThat(memory.holds(caller("a"))).isTrue();
        now = now.plusMillis(1);
        assertThat(memory.holds(caller("a"))).isFalse();
    }

    @Test
    void whenItIsFullTheOldestIsForgotten() {
        for (String nonce : new String[] {"a", "b", "c", "d"}) {
            assertThat(memory.spend(caller(nonce))).isTrue();
        }
        assertThat(memory.holds(caller("a"))).isFalse();
        assertThat(memory.holds(caller("d"))).isTrue();
    }

    @Test
    void keysDoNotShareNonces() {
        memory.spend(new Caller(EdgeScene.ACCOUNT, "k", "ey"));

        assertThat(memory.holds(new Caller(EdgeScene.ACCOUNT, "ke", "y"))).isFalse();
    }

    private static Caller caller(String nonce) {
        return new Caller(EdgeScene.ACCOUNT, "testid", nonce);
    }
}
