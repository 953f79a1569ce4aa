package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever becomes of the bytes of an image, its reader tells that it is broken, or gives bytes: of the
/// right length, in little memory, in the end.
final class MutatedImagesTest {
    /// For each sample; `-Dseeds=…` for more.
    private static final long SEEDS = Long.getLong("seeds", 400);

    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("seed"));
    private static final long MOST_ALLOCATED_BYTES = 32L << 20;
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PIECES = 3;
    private static final long[] STRANGE = {
        0,
        1,
        -1,
        2,
        255,
        512,
        1 << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 511,
        0xffff_ffffL,
        1L << 32,
        1L << 62,
        1L << 40
    };

    @ParameterizedTest
    @EnumSource
    void aReaderSurvivesAnything(SampleImage sample) {
        survive(sample.format(), sample.bytes(), SEEDS, bad -> Patched.seal(sample, bad));
    }

    /// Fewer seeds, but all that qemu-img can make of a disk.
    @ParameterizedTest
    @MethodSource("org.imageferry.format.Corpus#names")
    void aReaderSurvivesTheCorpus(String name) {
        byte[] good = Corpus.bytes(name);
        survive(Corpus.format(name), good, Math.ceilDiv(SEEDS, 20), _ -> {});
    }

    private static void survive(
            ImageFormat format, byte[] good, long seeds, Consumer<byte[]> seal) {
        List<Integer> used = used(good);
        long first = SEED.orElse(1L);
        long last = SEED.orElse(seeds);
        for (long seed = first; seed <= last; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bad = mutated(good, used, random);
            if (bad.length == good.length && random.nextBoolean()) {
                seal.accept(bad);
            }
            long before = allocated();
            try {
                use(format.open(new MemoryFile(bad)));
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("null");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("-Dseed=" + seed, e);
            }
            assertThat(allocated() - before)
                    .as("bytes allocated, -Dseed=%d", seed)
                    .isLessThan(MOST_ALLOCATED_BYTES);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    /// The sectors that hold anything: to change the others is seldom of interest.
    private static List<Integer> used(byte[] good) {
        List<Integer> used = new ArrayList<>();
        for (int at = 0; at + 512 <= good.length; at += 512) {
            for (int i = at; i < at + 512; i++) {
                if (good[i] != 0) {
                    used.add(at);
                    break;
                }
            }
        }
        return used;
    }

    private static byte[] mutated(byte[] good, List<Integer> used, SplittableRandom random) {
        byte[] bad = good.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // headers and tables come first in most formats: half of all changes go there
            int among = random.nextBoolean() ? Math.min(4, used.size()) : used.size();
            int at = used.get(random.nextInt(among)) + random.nextInt(512 / 4) * 4;
            ByteBuffer bytes = ByteBuffer.wrap(bad);
            long strange = STRANGE[random.nextInt(STRANGE.length)];
            switch (random.nextInt(6)) {
                case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bad[at] = (byte) random.nextInt();
                case 2 -> bytes.putInt(at, (int) strange);
                case 3 -> bytes.putInt(at, Integer.reverseBytes((int) strange));
                case 4 -> bytes.putLong(Math.min(at, bad.length - 8), strange);
                default -> {
                    int from = used.get(random.nextInt(used.size()));
                    System.arraycopy(good, from, bad, at, Math.min(64, good.length - at - 1));
                }
            }
        }
        return random.nextInt(10) == 0
                ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length))
                : bad;
    }

    /// Asks for the map and some bytes, wherever the disk claims to have any.
    private static void use(DiskImage disk) throws IOException {
        long length = disk.length();
        assertThat(length).isPositive();
        long[] places = {0, length / 2, Math.max(0, length - PIECES * PIECE_BYTES)};
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long place : places) {
            long end = Math.min(length, place + (64L << 20));
            for (ImageFile.Stretch stretch : disk.data(place, end)) {
                assertThat(stretch.offset()).isBetween(place, end);
                assertThat(stretch.length()).isPositive();
            }
            for (long at = place; at < length && at < place + PIECES * PIECE_BYTES; ) {
                piece.clear().limit((int) Math.min(PIECE_BYTES, length - at));
                disk.read(at, piece);
                assertThat(piece.hasRemaining()).isFalse();
                at += piece.position();
            }
        }
    }
}
