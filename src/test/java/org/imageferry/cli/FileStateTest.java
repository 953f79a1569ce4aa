package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

final class FileStateTest {
    private static FileState state(String name, long length, long modified) {
        return new FileState(name, length, FileTime.fromMillis(modified), "");
    }

    @Test
    void theSameStateGivesTheSameKey() {
        assertThat(state("a.raw", 1, 2).key())
                .isEqualTo(state("a.raw", 1, 2).key())
                .matches("uploads/a[.]raw-[0-9a-f]{16}");
    }

    @Test
    void anyChangeGivesAnother() {
        assertThat(state("a.raw", 1, 2).key())
                .isNotEqualTo(state("a.raw", 1, 3).key())
                .isNotEqualTo(state("a.raw", 2, 2).key())
                .isNotEqualTo(state("b.raw", 1, 2).key());
    }

    @Test
    void aKeyIsAlwaysAGoodName() {
        assertThat(state("..", 1, 2).key()).startsWith("uploads/_-");
        assertThat(state(".hidden disk/中", 1, 2).key()).startsWith("uploads/_hidden_disk__-");
        assertThat(state("x".repeat(300), 1, 2).key()).hasSize("uploads/".length() + 80 + 1 + 16);
    }
}
