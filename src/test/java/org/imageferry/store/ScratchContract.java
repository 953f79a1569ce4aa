package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// What every [Scratch] promises.
public interface ScratchContract {
    Scratch scratch() throws StoreException;

    private static byte[] read(BucketObject file) throws StoreException {
        ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
        file.read(0, bytes);
        return bytes.array();
    }

    @Test
    default void aFileIsWhatWasPutAndZeros() throws StoreException {
        Scratch scratch = scratch();
        try (Scratch.Draft draft = scratch.draft("t-1-0")) {
            draft.put(5_000, ByteBuffer.wrap(new byte[] {1, 2}));
            draft.put(1, ByteBuffer.wrap(new byte[] {3}));
            draft.finish(10_000);
        }
        byte[] expected = new byte[10_000];
        expected[1] = 3;
        expected[5_000] = 1;
        expected[5_001] = 2;
        try (BucketObject file = scratch.open("t-1-0").orElseThrow()) {
            assertThat(read(file)).isEqualTo(expected);
        }
        assertThat(scratch.names()).containsExactly("t-1-0");
    }

    @Test
    default void whatIsNotFinishedIsNotThere() throws StoreException {
        Scratch scratch = scratch();
        try (Scratch.Draft draft = scratch.draft("a")) {
            draft.put(0, ByteBuffer.allocate(1));
            assertThat(scratch.open("a")).isEmpty();
            assertThat(scratch.names()).isEmpty();
        }
        assertThat(scratch.open("a")).isEmpty();
    }

    @Test
    default void aFileCanBeMadeAgainAndDeleted() throws StoreException {
        Scratch scratch = scratch();
        for (byte content : new byte[] {1, 2}) {
            try (Scratch.Draft draft = scratch.draft("a")) {
                draft.put(0, ByteBuffer.wrap(new byte[] {content}));
                draft.finish(1);
            }
            try (BucketObject file = scratch.open("a").orElseThrow()) {
                assertThat(read(file)).containsExactly(content);
            }
        }
        scratch.delete("a");
        scratch.delete("a");
        assertThat(scratch.open("a")).isEmpty();
        assertThat(scratch.names()).isEmpty();
    }
}
