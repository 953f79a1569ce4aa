package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One disk, however qemu-img wrote it, is one disk: also where there is no qemu-img to ask.
final class CorpusTest {
    @ParameterizedTest
    @MethodSource("org.imageferry.format.Corpus#disks")
    void anImageIsKnownByItsContentAndHoldsTheDisk(String name) throws IOException {
        MemoryFile file = new MemoryFile(Corpus.bytes(name));
        assertThat(ImageFormat.of(Optional.empty(), file)).isEqualTo(Corpus.format(name));
        DiskImage disk = Corpus.format(name).open(file);
        assertThat(Contents.all(disk)).isEqualTo(SampleImage.disk());
        assertThat(Contents.data(disk)).isEqualTo(SampleImage.disk());
    }

    @ParameterizedTest
    @MethodSource("org.imageferry.format.Corpus#refused")
    void whatIsNotAllInTheFileIsRefused(String name) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> Corpus.format(name).open(new MemoryFile(Corpus.bytes(name))));
    }
}
