package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many blocks at once, some of them spoilt: whether they are hashed together or one after another, exactly
/// these are found. Single blocks are BlockCodingTest's.
class BlockChecksTest {
    private static final int BLOCKS = 60;
    private static final int SEEDS = 4;

    private final List<SegmentFooter.Entry> entries = new ArrayList<>();
    private final List<ByteBuffer> stored = new ArrayList<>();
    private final Set<Integer> otherBytes = new TreeSet<>();
    private final Set<Integer> otherNames = new TreeSet<>();

    @AfterEach
    void forget() {
        hashTogether(false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void otherStoredBytesAreFound(boolean together) {
        hashTogether(together);
        for (int seed = 0; seed < SEEDS; seed++) {
            make(TestData.OPEN, new SplittableRandom(seed));
            try (BlockDecoder decoder = new BlockDecoder(TestData.OPEN)) {
                Map<Integer, DamagedException> wrong = decoder.check(entries, stored);
                assertThat(wrong.keySet()).as("seed %d", seed).isEqualTo(otherBytes);
                wrong.forEach((place, why) ->
                        assertThat(why).hasMessageContaining(entries.get(place).name().toString()));
            }
        }
    }

    /// In rooms for one block, for some, and for all.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void otherContentsAreFound(boolean together) {
        hashTogether(together);
        for (Seal seal : List.of(TestData.OPEN, TestData.SEALED)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                make(seal, new SplittableRandom(seed));
                Set<Integer> expected = new TreeSet<>(otherBytes);
                expected.addAll(otherNames);
                for (int room :
                        new int[] {
                            PageCutter.MOST_BYTES, 1 << 20, BLOCKS * PageCutter.MOST_BYTES
                        }) {
                    try (BlockDecoder decoder = new BlockDecoder(seal)) {
                        assertThat(
                                        decoder.checkContents(
                                                        entries,
                                                        stored,
                                                        ByteBuffer.allocateDirect(room))
                                                .keySet())
                                .as("seed %d, room %d", seed, room)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static void hashTogether(boolean together) {
        if (MultiBufferTrial.isPossible()) {
            MultiBufferTrial.hold(together ? TrialClock.winning() : TrialClock.losing());
        }
    }

    private void make(Seal seal, SplittableRandom random) {
        entries.clear();
        stored.clear();
        otherBytes.clear();
        otherNames.clear();
        try (BlockEncoder encoder = new BlockEncoder()) {
            BlockSealer sealer = new BlockSealer(seal, random);
            for (int i = 0; i < BLOCKS; i++) {
                ByteBuffer content = TestData.direct(content(random));
                EncodedBlock block = encoder.encode(encoder.name(content), content);
                if (random.nextInt(10) == 0) {
                    block = renamed(block, TestData.digest(random));
                    otherNames.add(i);
                }
                add(sealer.seal(block));
                if (random.nextInt(10) == 0) {
                    ByteBuffer bytes = stored.getLast();
                    int at = random.nextInt(bytes.limit());
                    bytes.put(at, (byte) (bytes.get(at) ^ 0xff));
                    otherBytes.add(i);
                }
            }
        }
    }

    private static EncodedBlock renamed(EncodedBlock block, Digest name) {
        return new EncodedBlock(
                name, block.length(), block.codec(), block.checksum(), block.stored());
    }

    private static byte[] content(SplittableRandom random) {
        int length = random.nextInt(1, 1 << random.nextInt(1, 18));
        return random.nextBoolean()
                ? TestData.noise(random, length)
                : TestData.prose(random, length);
    }

    private void add(EncodedBlock block) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(block.storedLength());
        stored.add(bytes.put(block.stored().duplicate()).flip());
        entries.add(
                new SegmentFooter.Entry(
                        block.name(),
                        0,
                        block.storedLength(),
                        block.length(),
                        block.codec(),
                        block.checksum()));
    }
}
