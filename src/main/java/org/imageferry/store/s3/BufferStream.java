package org.imageferry.store.s3;

import java.io.InputStream;
import java.nio.ByteBuffer;

/// Reads a buffer as a stream, without a copy of it.
final class BufferStream extends InputStream {
    private final ByteBuffer left;
    private int marked;

    /// @param content from its position to its limit; left as it was
    BufferStream(ByteBuffer content) {
        left = content.duplicate();
        marked = left.position();
    }

    @Override
    public int read() {
        return left.hasRemaining() ? Byte.toUnsignedInt(left.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, left.remaining());
        left.get(into, offset, count);
        return count == 0 ? -1 : count;
    }

    @Override
    public long skip(long count) {
        int skipped = Math.clamp(count, 0, left.remaining());
        left.position(left.position() + skipped);
        return skipped;
    }

    @Override
    public int available() {
        return left.remaining();
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int limit) {
        marked = left.position();
    }

    @Override
    public void reset() {
        left.position(marked);
    }
}
