package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.Test;

/// Beside the JDK's own SHA-256.
class MultiBufferSha256Test {
    /// Nothing is hashed alone.
    private static final double NEVER_ALONE = 1e-9;

    private final Sha256 single = new Sha256();
    private final MultiBufferSha256 together = new MultiBufferSha256(single, NEVER_ALONE);

    @Test
    void theExamplesOfTheStandard() {
        // FIPS 180-4's own, of one block and of two, and the empty message
        assertThat(
                        together.of(
                                List.of(
                                        direct("abc"),
                                        direct(
                                                "abcdbcdecdefdefgefghfghighijhijk"
                                                        + "ijkljklmklmnlmnomnopnopq"),
                                        direct(""))))
                .map(Digest::toString)
                .containsExactly(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    /// Padding takes one block or two, and some messages are nothing but padding.
    @Test
    void everyLengthUpToThreeBlocks() {
        SplittableRandom random = new SplittableRandom(1);
        assertSame(IntStream.range(0, 200).mapToObj(length -> noise(random, length)).toList());
    }

    @Test
    void anyNumberOfMessages() {
        SplittableRandom random = new SplittableRandom(2);
        for (int count = 0; count <= 40; count++) {
            assertSame(
                    IntStream.range(0, count)
                            .mapToObj(_ -> noise(random, random.nextInt(300)))
                            .toList());
        }
    }

    @Test
    void messagesOfVeryDifferentLengths() {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ByteBuffer> messages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                messages.add(noise(random, random.nextInt(1 << random.nextInt(1, 13))));
            }
            assertSame(messages);
        }
    }

    /// Whatever is hashed alone, results are the same and stand where their messages do.
    @Test
    void someOfThemAlone() {
        SplittableRandom random = new SplittableRandom(3);
        for (double worth : new double[] {1, 4, 8, 15, 100}) {
            MultiBufferSha256 some = new MultiBufferSha256(single, worth);
            List<ByteBuffer> messages = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                messages.add(noise(random, i < 3 ? 5000 + i : random.nextInt(1000)));
            }
            Collections.shuffle(messages, new Random(4));
            assertThat(some.of(messages)).isEqualTo(messages.stream().map(single::of).toList());
        }
    }

    /// Lanes are used anew, and nothing of the last messages is left in them.
    @Test
    void oneAfterAnother() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20; i++) {
            assertSame(
                    List.of(
                            noise(random, random.nextInt(200)),
                            noise(random, random.nextInt(200))));
        }
    }

    @Test
    void messagesStayAsTheyAre() {
        byte[] content = TestData.noise(new SplittableRandom(6), 1000);
        ByteBuffer message = TestData.direct(content).position(100).limit(900);
        ByteBuffer readOnly = message.asReadOnlyBuffer();
        assertThat(together.of(List.of(message, readOnly)))
                .containsOnly(single.of(ByteBuffer.wrap(content, 100, 800)));
        assertThat(message.position()).isEqualTo(100);
        assertThat(message.limit()).isEqualTo(900);
        assertThat(TestData.bytes(message.clear())).isEqualTo(content);
    }

    @Test
    void everyByteCounts() {
        byte[] content = TestData.noise(new SplittableRandom(7), 130);
        List<ByteBuffer> messages = new ArrayList<>();
        messages.add(TestData.direct(content));
        for (int i = 0; i < content.length; i++) {
            messages.add(TestData.direct(TestData.flipped(content, i * 8)));
        }
        assertThat(together.of(messages)).doesNotHaveDuplicates();
    }

    /// A lane takes as long as the longest of its messages: with a worth of 8, a message alone takes an eighth
    /// of what it would take there.
    @Test
    void theLongestAreLeftAloneWhereTheOthersWouldWaitForThem() {
        assertThat(MultiBufferSha256.apart(new int[] {}, 8)).isZero();
        assertThat(MultiBufferSha256.apart(new int[] {100}, 8)).isEqualTo(1);
        assertThat(MultiBufferSha256.apart(lengths(7, 100), 8)).isEqualTo(7);
        assertThat(MultiBufferSha256.apart(lengths(9, 100), 8)).isZero();
        assertThat(MultiBufferSha256.apart(lengths(64, 100), 8)).isZero();
        int[] oneLong = lengths(33, 100);
        oneLong[0] = 10_000;
        assertThat(MultiBufferSha256.apart(oneLong, 8)).isEqualTo(1);
    }

    private void assertSame(List<ByteBuffer> messages) {
        assertThat(together.of(messages)).isEqualTo(messages.stream().map(single::of).toList());
    }

    private static int[] lengths(int count, int length) {
        return IntStream.generate(() -> length).limit(count).toArray();
    }

    private static ByteBuffer noise(SplittableRandom random, int length) {
        return TestData.direct(TestData.noise(random, length));
    }

    private static ByteBuffer direct(String ascii) {
        return TestData.direct(TestData.bytes(TestData.ascii(ascii)));
    }
}
