package org.imageferry.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes new files whole, and durably. Any number of threads may.
///
/// What is long goes past the page cache, where file system and buffer allow that (open(2), O_DIRECT):
/// a copy's bytes are hardly read again soon, so they should neither be copied once more nor take the
/// place of others.
final class NewFiles {
    /// Below this, to open the file twice costs more than it saves.
    private static final int LEAST_DIRECT_BYTES = 256 << 10;

    /// To multiples of this lengths, positions and addresses are aligned; a file system that wants more
    /// is written through its cache.
    private static final int ALIGNED_BYTES = 4 << 10;

    private static final Optional<OpenOption> DIRECT = direct();

    private volatile boolean refused = DIRECT.isEmpty();

    /// `ExtendedOpenOption.DIRECT` of the module jdk.unsupported: a runtime may lack it, and the compiler
    /// warns of it wherever it is named.
    private static Optional<OpenOption> direct() {
        try {
            Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
            return Stream.of(options.getEnumConstants())
                    .map(OpenOption.class::cast)
                    .filter(option -> option.toString().equals("DIRECT"))
                    .findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /// @param file is not there yet
    /// @param content from position to limit, which stay as they are
    void write(Path file, ByteBuffer content) throws IOException {
        try (FileChannel cached =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int direct = mayGoDirect(content) ? writeDirect(file, content) : 0;
            ByteBuffer rest = content.duplicate().position(content.position() + direct);
            Transfers.write(cached, direct, rest);
            cached.force(false);
        }
    }

    private boolean mayGoDirect(ByteBuffer content) {
        return !refused
                && content.isDirect()
                && content.remaining() >= LEAST_DIRECT_BYTES
                && content.alignmentOffset(content.position(), ALIGNED_BYTES) == 0;
    }

    /// @return how many bytes were written: all but what is too short at the end, or none
    private int writeDirect(Path file, ByteBuffer content) {
        int bytes = content.remaining() / ALIGNED_BYTES * ALIGNED_BYTES;
        ByteBuffer left = content.slice(content.position(), bytes);
        try (FileChannel direct =
                FileChannel.open(file, StandardOpenOption.WRITE, DIRECT.orElseThrow())) {
            while (left.hasRemaining()) {
                direct.write(left, left.position());
            }
            return bytes;
        } catch (UnsupportedOperationException e) {
            refused = true;
            return 0;
        } catch (IOException e) {
            // Whether the file system refuses this, or its disk is full: who writes through the
            // cache learns.
            return 0;
        }
    }
}
