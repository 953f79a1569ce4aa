package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompressionTest {
    private static final long SEEDS = Long.getLong("seeds", 300);
    private static final long MOST_BYTES = 1 << 20;

    private static byte[] resource(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        CompressionTest.class.getResourceAsStream("/format/" + name))) {
            return file.readAllBytes();
        }
    }

    private static byte[] packed(Compression compression) throws IOException {
        return resource(
                switch (compression) {
                    case GZIP -> "disk.raw.gz";
                    case XZ -> "disk.raw.xz";
                    case ZSTD -> "disk.raw.zst";
                });
    }

    private static byte[] unpacked(Compression compression, ImageFile file) throws Exception {
        byte[] disk = new byte[(int) MOST_BYTES];
        long length =
                compression.unpack(
                        file,
                        MOST_BYTES,
                        (offset, content) -> content.get(disk, (int) offset, content.remaining()),
                        _ -> {});
        return Arrays.copyOf(disk, (int) length);
    }

    @ParameterizedTest
    @CsvSource({
        "disk.raw.gz, RAW_GZIP",
        "disk.raw.xz, RAW_XZ",
        "disk.raw.zst, RAW_ZSTD",
        "two-pieces.raw.gz, RAW_GZIP",
        "two-pieces.raw.xz, RAW_XZ",
        "two-pieces.raw.zst, RAW_ZSTD"
    })
    void aCompressedDiskIsToldByItsContentAndUnpacked(String name, ImageFormat format)
            throws Exception {
        MemoryFile file = new MemoryFile(resource(name));
        assertThat(ImageFormat.of(Optional.empty(), file)).isEqualTo(format);
        assertThat(ImageFormat.of(Optional.of(format.title()), file)).isEqualTo(format);
        assertThat(unpacked(format.compression().orElseThrow(), file))
                .isEqualTo(SampleImage.disk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAW.GZ", "RAW.XZ", "RAW.ZST"})
    void whatIsDeclaredAsCompressedMustBe(String title) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() ->
                        ImageFormat.of(Optional.of(title), new MemoryFile(SampleImage.disk())))
                .withMessageContaining(title);
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfZerosAreLeftOut(Compression compression) throws Exception {
        AtomicLong bytes = new AtomicLong();
        compression.unpack(
                new MemoryFile(packed(compression)),
                MOST_BYTES,
                (_, content) -> bytes.addAndGet(content.remaining()),
                _ -> {});
        long data =
                new MemoryFile(SampleImage.disk())
                        .data(0, MOST_BYTES).stream().mapToLong(ImageFile.Stretch::length).sum();
        assertThat(bytes).hasValue(data);
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatIsTooLongIsRefused(Compression compression) throws Exception {
        MemoryFile file = new MemoryFile(packed(compression));
        long length = SampleImage.disk().length;
        compression.unpack(file, length, FileSink.NOWHERE, _ -> {});
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> compression.unpack(file, length - 1, FileSink.NOWHERE, _ -> {}))
                .withMessageContaining("more than the " + (length - 1) + " bytes");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasCutShortIsBroken(Compression compression) throws Exception {
        byte[] all = packed(compression);
        for (int length : new int[] {7, 20, all.length / 2, all.length - 1}) {
            assertThatExceptionOfType(FormatException.class)
                    .as("%s bytes", length)
                    .isThrownBy(
                            () -> unpacked(compression, new MemoryFile(Arrays.copyOf(all, length))))
                    .withMessageContaining("can't be unpacked");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatCanNotBeReadIsNotBroken(Compression compression) throws Exception {
        byte[] all = packed(compression);
        ImageFile failing =
                new ImageFile() {
                    @Override
                    public long length() {
                        return all.length;
                    }

                    @Override
                    public List<Stretch> data(long from, long to) {
                        return List.of();
                    }

                    @Override
                    public void read(long offset, ByteBuffer into) throws IOException {
                        throw new IOException("the bucket is gone");
                    }
                };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> unpacked(compression, failing))
                .isNotInstanceOf(FormatException.class)
                .withMessage("the bucket is gone");
    }

    /// Not every format has a checksum of everything: but what is read is no longer than it may be.
    @ParameterizedTest
    @EnumSource
    void anythingMayBeInAFile(Compression compression) throws Exception {
        byte[] good = packed(compression);
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                int among = random.nextBoolean() ? 32 : bad.length;
                bad[random.nextInt(among)] = (byte) random.nextInt();
            }
            try {
                assertThat(unpacked(compression, new MemoryFile(bad)).length)
                        .isBetween(1, (int) MOST_BYTES);
            } catch (FormatException e) {
                assertThat(e).hasMessageNotContaining("null");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void aWatchCanEndIt() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() ->
                        Compression.XZ.unpack(
                                new MemoryFile(packed(Compression.XZ)),
                                MOST_BYTES,
                                FileSink.NOWHERE,
                                _ -> {
                                    throw new InterruptedException();
                                }));
    }
}
