package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.imageferry.copy.Caller;
import org.junit.jupiter.api.Test;

class NonceMemoryTest {
    private Instant now = EdgeScene.NOW;
    private final NonceMemory memory = new NonceMemory(3, () -> now, new Random(1));

    @Test
    void aNonceIsSpentOnce() {
        assertThat(memory.spend(caller("a"))).isTrue();
        assertThat(memory.spend(caller("a"))).isFalse();
        assertThat(memory.holds(caller("a"))).isTrue();
        assertThat(memory.holds(caller("b"))).isFalse();
    }

    @Test
    void itIsKeptForHalfAnHourAtLeastAndNotForEver() {
        now = now.plus(Duration.ofMinutes(29));
        memory.spend(caller("a"));

        now = now.plus(Duration.ofMinutes(30));
        assertThat(memory.holds(caller("a"))).isTrue();
        assertThat(memory.spend(caller("a"))).isFalse();
        now = now.plus(Duration.ofMinutes(31));
        assertThat(memory.spend(caller("a"))).isTrue();
    }

    @Test
    void whenItIsFullTheOldestAreForgotten() {
        for (String nonce : new String[] {"a", "b", "c", "d"}) {
            assertThat(memory.spend(caller(nonce))).isTrue();
        }
        for (String nonce : new String[] {"b", "c", "d"}) {
            assertThat(memory.spend(caller(nonce))).isFalse();
        }
        for (String nonce : new String[] {"e", "f", "g"}) {
            assertThat(memory.spend(caller(nonce))).isTrue();
        }
        assertThat(memory.holds(caller("a"))).isFalse();
        for (String nonce : new String[] {"e", "f", "g"}) {
            assertThat(memory.holds(caller(nonce))).isTrue();
        }
    }

    @Test
    void itTellsManyApart() {
        NonceMemory large = new NonceMemory(100_000, () -> now, new Random(1));
        for (int i = 0; i < 150_000; i++) {
            assertThat(large.spend(caller("nonce " + i))).isTrue();
        }
        for (int i = 50_000; i < 150_000; i++) {
            assertThat(large.holds(caller("nonce " + i))).isTrue();
        }
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
