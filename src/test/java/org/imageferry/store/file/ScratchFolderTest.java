package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Scratch;
import org.imageferry.store.ScratchContract;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchFolderTest implements ScratchContract {
    @TempDir private Path folder;

    @Override
    public Scratch scratch() throws StoreException {
        return ScratchFolder.open(folder.resolve("unpacked"), 0);
    }

    @Test
    void whatALastProcessLeftIsGone() throws Exception {
        scratch();
        Files.write(folder.resolve("unpacked/t-1-0"), new byte[1]);
        Files.write(folder.resolve("unpacked/t-2-0.draft"), new byte[1]);
        assertThat(scratch().names()).isEmpty();
        assertThat(folder.resolve("unpacked")).isEmptyDirectory();
    }

    @Test
    void aReserveStaysFree() throws Exception {
        Scratch full = ScratchFolder.open(folder.resolve("unpacked"), Long.MAX_VALUE / 2);
        try (Scratch.Draft draft = full.draft("a")) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> draft.put(0, ByteBuffer.allocate(1)))
                    .withMessageContaining("make room")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL));
        }
    }

    @Test
    void holesStayHoles() throws Exception {
        Scratch scratch = scratch();
        try (Scratch.Draft draft = scratch.draft("a")) {
            draft.put(1 << 20, ByteBuffer.wrap(new byte[4096]));
            draft.finish(1L << 30);
        }
        try (BucketObject file = scratch.open("a").orElseThrow()) {
            long data = file.extents(0, 1L << 30).stream().mapToLong(it -> it.length()).sum();
            assertThat(data).isBetween(4096L, 1L << 20);
        }
    }
}
