package org.imageferry.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Moves whole buffers to and from files.
final class Transfers {
    /// The JDK copies heap buffers to direct memory and keeps one copy per thread, as large as the
    /// largest transfer: so none is larger than this. There are a dozen threads for each region.
    private static final int MOST_BYTES_AT_ONCE = 128 << 10;

    private Transfers() {}

    /// Fills `into` from its position to its limit with the bytes from `offset`.
    ///
    /// @throws EOFException if the file ends too early
    static void fill(FileChannel file, long offset, ByteBuffer into) throws IOException {
        int end = into.limit();
        long at = offset;
        try {
            while (into.position() < end) {
                into.limit(Math.min(end, into.position() + MOST_BYTES_AT_ONCE));
                int count = file.read(into, at);
                if (count < 0) {
                    throw new EOFException("ends at byte " + at);
                }
                at += count;
            }
        } finally {
            into.limit(end);
        }
    }

    /// Writes `content` from its position to its limit to `offset`, and leaves it as it was.
    static void write(FileChannel file, long offset, ByteBuffer content) throws IOException {
        ByteBuffer left = content.duplicate();
        int end = left.limit();
        long at = offset;
        while (left.position() < end) {
            left.limit(Math.min(end, left.position() + MOST_BYTES_AT_ONCE));
            at += file.write(left, at);
        }
    }

    /// Whether the file holds exactly `content`, which is left as it was.
    static boolean same(FileChannel file, ByteBuffer content) throws IOException {
        if (file.size() != content.remaining()) {
            return false;
        }
        ByteBuffer piece = ByteBuffer.allocate(Math.min(content.remaining(), MOST_BYTES_AT_ONCE));
        for (int at = 0; at < content.remaining(); at += piece.limit()) {
            piece.clear().limit(Math.min(piece.capacity(), content.remaining() - at));
            fill(file, at, piece);
            if (!piece.flip().equals(content.slice(content.position() + at, piece.limit()))) {
                return false;
            }
        }
        return true;
    }
}
