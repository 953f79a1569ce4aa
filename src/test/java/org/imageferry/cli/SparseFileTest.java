package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparseFileTest {
    private static final int GRAIN = SparseFile.GRAIN_BYTES;

    @TempDir Path folder;

    /// A file of this length with a byte at each of these places.
    private Path file(long length, long... places) throws IOException {
        Path file = folder.resolve("disk.raw");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(length);
            for (long place : places) {
                out.seek(place);
                out.write(7);
            }
        }
        return file;
    }

    private static List<String> pieces(Path path, long from, long to) throws IOException {
        try (SparseFile file = new SparseFile(path)) {
            return file.pieces(from, to).stream()
                    .map(piece -> piece.offset() + "+" + piece.bytes().length)
                    .toList();
        }
    }

    @Test
    void onlyGrainsWithDataArePieces() throws IOException {
        Path file = file(10L * GRAIN, 3 * GRAIN + 5, 4 * GRAIN, 7 * GRAIN);

        assertThat(pieces(file, 0, 10L * GRAIN))
                .containsExactly(3 * GRAIN + "+" + 2 * GRAIN, 7 * GRAIN + "+" + GRAIN);
    }

    @Test
    void aPieceEndsWithTheFileOrTheWindow() throws IOException {
        Path file = file(2 * GRAIN + 100, 0, GRAIN, 2 * GRAIN + 99);

        assertThat(pieces(file, 0, 2 * GRAIN)).containsExactly("0+" + 2 * GRAIN);
        assertThat(pieces(file, 2 * GRAIN, 4 * GRAIN)).containsExactly(2 * GRAIN + "+100");
    }

    @Test
    void writtenZerosCountAsHoles() throws IOException {
        Path file = folder.resolve("zeros.raw");
        byte[] bytes = new byte[5 * GRAIN];
        bytes[4 * GRAIN - 1] = 1;
        Files.write(file, bytes);

        assertThat(pieces(file, 0, 5 * GRAIN)).containsExactly(3 * GRAIN + "+" + GRAIN);
    }

    @Test
    void aFileThatIsAllHoleHasNoPieces() throws IOException {
        Path path = file(1L << 40);
        try (SparseFile file = new SparseFile(path)) {
            assertThat(file.length()).isEqualTo(1L << 40);
            assertThat(file.pieces(0, 16 << 20)).isEmpty();
        }
    }

    @Test
    void holesAreFoundWithoutReading() throws IOException {
        Path path = file(1L << 40, 1L << 39);
        try (SparseFile file = new SparseFile(path)) {
            assertThat(file.dataBytes()).isEqualTo(GRAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void piecesAndHolesTogetherAreTheFile(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(40 * GRAIN) + 1];
        for (int change = 0; change < 12; change++) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + random.nextInt(2 * GRAIN));
            Arrays.fill(bytes, at, end, (byte) random.nextInt(3));
        }
        Path path = folder.resolve("random.raw");
        Files.write(path, bytes);

        byte[] again = new byte[bytes.length];
        List<SparseFile.Piece> pieces = new ArrayList<>();
        try (SparseFile file = new SparseFile(path)) {
            for (long from = 0; from < file.length(); from += 8 * GRAIN) {
                pieces.addAll(file.pieces(from, from + 8 * GRAIN));
            }
        }
        for (SparseFile.Piece piece : pieces) {
            System.arraycopy(piece.bytes(), 0, again, (int) piece.offset(), piece.bytes().length);
        }
        assertThat(again).isEqualTo(bytes);
    }

    @Test
    void refusesWhatIsNoDisk() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThatThrownBy(() -> new SparseFile(empty)).hasMessageEndingWith("empty is empty");
        assertThatThrownBy(() -> new SparseFile(folder)).hasMessageContaining("no regular file");
    }
}
