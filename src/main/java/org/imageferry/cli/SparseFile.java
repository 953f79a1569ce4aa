package org.imageferry.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imageferry.ecs.client.BucketClient.Stretch;

/// Reads a file without its holes.
///
/// Where data is, the file system tells (`SEEK_DATA`, lseek(2)); where it does not, everything counts as
/// data. Either way stretches of zeros are found while reading. One thread only.
final class SparseFile implements AutoCloseable {
    /// Zeros are left out in steps of this, and in its multiples from the file's beginning. Smaller
    /// ones would cut a disk into more pieces than the requests for them are worth.
    static final int GRAIN_BYTES = 64 << 10;

    private static final byte[] ZEROS = new byte[GRAIN_BYTES];

    private final FileChannel channel;
    private final OptionalInt descriptor;
    private final long length;

    /// @throws IOException if it is no regular file, is empty or can't be read
    SparseFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.length = channel.size();
        this.descriptor = Libc.open(file);
        if (length == 0) {
            close();
            throw new IOException(file + " is empty");
        }
    }

    /// Bytes from a place in the file that are not all zero.
    static final class Piece {
        private final long offset;
        private final byte[] bytes;

        private Piece(long offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }

        long offset() {
            return offset;
        }

        /// No copy: whoever has the piece may change them.
        byte[] bytes() {
            return bytes;
        }
    }

    long length() {
        return length;
    }

    /// How much of the file is not in a hole, as far as the file system tells.
    long dataBytes() {
        long sum = 0;
        for (long at = 0; at < length; ) {
            Stretch data = next(at, length);
            sum += data.length();
            at = data.offset() + data.length();
        }
        return sum;
    }

    /// The file's data between two offsets.
    ///
    /// @param from a multiple of [#GRAIN_BYTES]
    /// @param to not far beyond: all between may be held in memory
    List<Piece> pieces(long from, long to) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        long end = Math.min(to, length);
        for (long at = from; at < end; ) {
            Stretch data = next(at, end);
            if (data.length() > 0) {
                cut(data.offset(), read(data), pieces);
            }
            at = data.offset() + data.length();
        }
        return pieces;
    }

    /// The first data at or after an offset, widened to whole grains; empty, and at `end`, if there is
    /// none before.
    ///
    /// @param at a multiple of [#GRAIN_BYTES]
    private Stretch next(long at, long end) {
        long data = seekData(at);
        if (data >= end) {
            return new Stretch(end, 0);
        }
        long begin = data - data % GRAIN_BYTES;
        long last = begin;
        while (data < end && data - data % GRAIN_BYTES <= last) { // grain touches grain
            long hole = Math.min(seekHole(data), end);
            last = Math.min((hole + GRAIN_BYTES - 1) / GRAIN_BYTES * GRAIN_BYTES, end);
            data = last < end ? seekData(last) : end;
        }
        return new Stretch(begin, last - begin);
    }

    private long seekData(long at) {
        OptionalLong found =
                descriptor.isPresent()
                        ? Libc.nextData(descriptor.getAsInt(), at)
                        : OptionalLong.empty();
        return found.orElse(at);
    }

    private long seekHole(long at) {
        OptionalLong found =
                descriptor.isPresent()
                        ? Libc.nextHole(descriptor.getAsInt(), at)
                        : OptionalLong.empty();
        return found.orElse(length);
    }

    private byte[] read(Stretch stretch) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(stretch.length()));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, stretch.offset() + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.array();
    }

    private static void cut(long offset, byte[] bytes, List<Piece> pieces) {
        int begin = -1;
        for (int at = 0; at < bytes.length; at += GRAIN_BYTES) {
            int end = Math.min(at + GRAIN_BYTES, bytes.length);
            boolean zero = Arrays.equals(bytes, at, end, ZEROS, 0, end - at);
            if (!zero && begin < 0) {
                begin = at;
            } else if (zero && begin >= 0) {
                pieces.add(piece(offset, bytes, begin, at));
                begin = -1;
            }
        }
        if (begin >= 0) {
            pieces.add(piece(offset, bytes, begin, bytes.length));
        }
    }

    private static Piece piece(long offset, byte[] bytes, int begin, int end) {
        return new Piece(offset + begin, Arrays.copyOfRange(bytes, begin, end));
    }

    @Override
    public void close() throws IOException {
        if (descriptor.isPresent()) {
            Libc.close(descriptor.getAsInt());
        }
        channel.close();
    }
}
