package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageFormatTest {
    private static MemoryFile file(String head) {
        byte[] bytes = new byte[4096];
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return new MemoryFile(bytes);
    }

    private static DiskImage open(SampleImage sample) throws Exception {
        MemoryFile file = new MemoryFile(sample.bytes());
        return ImageFormat.of(Optional.empty(), file).open(file);
    }

    @ParameterizedTest
    @EnumSource
    void everyImageHoldsTheDiskThatItWasMadeOf(SampleImage sample) throws Exception {
        DiskImage disk = open(sample);
        byte[] expected = SampleImage.disk();
        assertThat(disk.length()).isEqualTo(expected.length);
        assertThat(Contents.all(disk)).isEqualTo(expected);
        assertThat(Contents.data(disk)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatIsToldByItsContentOrByWhatIsDeclared(SampleImage sample) throws Exception {
        MemoryFile file = new MemoryFile(sample.bytes());
        String title = sample.format().title();
        assertThat(ImageFormat.of(Optional.empty(), file)).isEqualTo(sample.format());
        assertThat(ImageFormat.of(Optional.of(title), file)).isEqualTo(sample.format());
        assertThat(ImageFormat.of(Optional.of(title.toLowerCase(Locale.ROOT)), file))
                .isEqualTo(sample.format());
    }

    /// A guest can write what it likes to the start of its disk.
    @ParameterizedTest
    @EnumSource
    void whatIsDeclaredAsRawIsRawWhateverItHolds(SampleImage sample) throws Exception {
        MemoryFile file = new MemoryFile(sample.bytes());
        ImageFormat format = ImageFormat.of(Optional.of("RAW"), file);
        assertThat(Contents.all(format.open(file))).isEqualTo(sample.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void readingBehindTheEndIsOurFault(SampleImage sample) throws Exception {
        DiskImage disk = open(sample);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> disk.read(disk.length() - 1, ByteBuffer.allocate(2)));
        assertThat(disk.data(disk.length(), disk.length() + 4096)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QED\0", "COWD", "BZh91AY", "PK\u0003\u0004", "WithoutFreeSpace"})
    void whatLooksLikeSomethingElseIsRefusedUnlessCalledRaw(String head) throws Exception {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ImageFormat.of(Optional.empty(), file(head)))
                .withMessageContaining("declare its format as RAW");
        assertThat(ImageFormat.of(Optional.of("RAW"), file(head))).isEqualTo(ImageFormat.RAW);
    }

    @Test
    void whatLooksLikeNothingIsRaw() throws Exception {
        assertThat(ImageFormat.of(Optional.empty(), file(""))).isEqualTo(ImageFormat.RAW);
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ImageFormat.of(Optional.of("RAW"), new MemoryFile(new byte[0])))
                .withMessageContaining("empty");
    }

    @Test
    void anUnknownFormatIsRefusedWithTheKnownOnes() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ImageFormat.of(Optional.of("word"), file("")))
                .withMessageContaining("RAW, QCOW2, VHD, VHDX, VMDK, VDI")
                .satisfies(e -> assertThat(e.format()).isEqualTo("WORD"));
    }
}
