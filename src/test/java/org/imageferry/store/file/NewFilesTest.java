package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.store.Samples.bytes;

import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewFilesTest {
    private static final int PAGE = 4096;

    @TempDir private Path folder;
    private final NewFiles files = new NewFiles();

    /// Direct memory with the sample from so many bytes behind a page's beginning.
    private static ByteBuffer direct(int length, int behind) {
        ByteBuffer memory =
                ByteBuffer.allocateDirect(length + behind + 2 * PAGE).alignedSlice(PAGE);
        memory.position(behind).put(bytes(7, length));
        return memory.flip().position(behind);
    }

    private void assertWritten(ByteBuffer content, int length) throws Exception {
        int position = content.position();
        Path file = folder.resolve(length + "-" + position + "-" + content.isDirect());
        files.write(file, content);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes(7, length).array());
        assertThat(content.position()).isEqualTo(position);
        assertThat(content.remaining()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, PAGE, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 300 * 1024, 3_000_001})
    void filesHoldWhatWasToBeWritten(int length) throws Exception {
        assertWritten(direct(length, 0), length);
        assertWritten(direct(length, PAGE), length);
        assertWritten(direct(length, 17), length);
        assertWritten(bytes(7, length), length);
    }

    @Test
    void aFileThatIsThereIsNotTouched() throws Exception {
        Path file = Files.writeString(folder.resolve("there"), "before");
        assertThatThrownBy(() -> files.write(file, direct(1 << 20, 0)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("before");
    }
}
