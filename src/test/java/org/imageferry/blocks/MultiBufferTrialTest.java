package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With clocks that say which way is the faster one, however fast this machine is.
class MultiBufferTrialTest {
    /// As if it had never been held, for whatever test comes next in this process.
    @AfterEach
    void forget() {
        if (MultiBufferTrial.isPossible()) {
            MultiBufferTrial.hold(TrialClock.losing());
        }
    }

    @Test
    void whatIsFasterTogetherIsHashedTogether() {
        assumePossible();
        assertThat(MultiBufferTrial.hold(TrialClock.winning())).isEqualTo(2.0);
        assertThat(MultiBufferTrial.worth()).isEqualTo(8.0);
        assertManyAreRight();
    }

    @Test
    void aLittleFasterIsNotWorthIt() {
        assumePossible();
        assertThat(MultiBufferTrial.hold(new TrialClock(11, 10))).isEqualTo(1.0);
        assertThat(MultiBufferTrial.worth()).isEqualTo(MultiBufferTrial.NOTHING);
        assertManyAreRight();
    }

    @Test
    void slowerIsLost() {
        assumePossible();
        assertThat(MultiBufferTrial.hold(new TrialClock(10, 1000))).isEqualTo(1.0);
        assertThat(MultiBufferTrial.worth()).isEqualTo(MultiBufferTrial.NOTHING);
    }

    /// The shortest times count: whatever else the machine does only makes them longer.
    @Test
    void whatWasDisturbedIsForgotten() {
        assumePossible();
        assertThat(MultiBufferTrial.hold(new TrialClock(20, 10, 4))).isEqualTo(2.0);
    }

    private static void assumePossible() {
        assumeThat(MultiBufferTrial.isPossible()).as("vectors of 512 bits").isTrue();
    }

    private static void assertManyAreRight() {
        SplittableRandom random = new SplittableRandom(1);
        List<ByteBuffer> messages =
                IntStream.range(0, 50)
                        .mapToObj(
                                _ -> TestData.direct(TestData.noise(random, random.nextInt(2000))))
                        .toList();
        Sha256 sha256 = new Sha256();
        assertThat(sha256.ofEach(messages)).isEqualTo(messages.stream().map(sha256::of).toList());
        List<ByteBuffer> mixed = List.of(messages.getFirst(), ByteBuffer.allocate(10));
        assertThat(sha256.ofEach(mixed)).isEqualTo(mixed.stream().map(sha256::of).toList());
    }
}
