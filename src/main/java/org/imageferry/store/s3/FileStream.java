package org.imageferry.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;

/// Reads a stretch of a file as a stream, a small piece at a time. Holes are zeros.
final class FileStream extends InputStream {
    private static final int PIECE_BYTES = 128 << 10;

    private final BucketObject file;
    private final long end;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).limit(0);

    /// Of the first byte that is not in `piece` yet.
    private long at;

    private long marked;

    FileStream(BucketObject file, long from, long length) {
        this.file = file;
        this.at = from;
        this.marked = from;
        this.end = from + length;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(piece.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(into, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (piece.hasRemaining()) {
            return true;
        }
        piece.clear().limit((int) Math.min(PIECE_BYTES, end - at));
        try {
            file.read(at, piece);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
        at += piece.position();
        piece.flip();
        return piece.hasRemaining();
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int limit) {
        marked = at - piece.remaining();
    }

    @Override
    public void reset() {
        at = marked;
        piece.limit(0);
    }
}
