package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.store.Extent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseFileTest {
    private static final int MIB = 1 << 20;

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        file = folder.resolve("disk of spaces");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(10 * MIB);
            for (int mebibyte : new int[] {1, 2, 7}) {
                bytes.seek((long) mebibyte * MIB);
                bytes.write(new byte[MIB]);
            }
        }
    }

    @Test
    void dataIsFoundBetweenHoles() {
        try (SparseFile sparse = SparseFile.open(file)) {
            assertThat(sparse.extents(0, 10 * MIB))
                    .containsExactly(new Extent(MIB, 2 * MIB), new Extent(7 * MIB, MIB));
        }
    }

    @Test
    void whatIsFoundIsClipped() {
        try (SparseFile sparse = SparseFile.open(file)) {
            assertThat(sparse.extents(2 * MIB + 5, 7 * MIB + 1))
                    .containsExactly(new Extent(2 * MIB + 5, MIB - 5), new Extent(7 * MIB, 1));
            assertThat(sparse.extents(3 * MIB, 7 * MIB)).isEmpty();
            assertThat(sparse.extents(8 * MIB, 10 * MIB)).isEmpty();
            assertThat(sparse.extents(10 * MIB, 20 * MIB)).isEmpty();
            assertThat(sparse.extents(MIB, MIB)).isEmpty();
        }
    }

    @Test
    void anEmptyFileHasNoData() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        try (SparseFile sparse = SparseFile.open(empty)) {
            assertThat(sparse.extents(0, 0)).isEmpty();
            assertThat(sparse.extents(0, 10)).isEmpty();
        }
    }

    @Test
    void withoutTheSystemsHelpAllIsData() {
        try (SparseFile sparse = SparseFile.open(file, Optional.empty())) {
            assertThat(sparse.extents(5, 10 * MIB)).containsExactly(new Extent(5, 10 * MIB - 5));
            assertThat(sparse.extents(5, 5)).isEmpty();
        }
    }

    @Test
    void aClosedFileIsNotAsked() {
        SparseFile sparse = SparseFile.open(file);
        sparse.close();
        sparse.close();

        assertThat(sparse.extents(0, 10 * MIB)).containsExactly(new Extent(0, 10 * MIB));
    }
}
