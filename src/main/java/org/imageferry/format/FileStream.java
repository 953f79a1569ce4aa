package org.imageferry.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// An image file from its start to its end. Used by one thread.
final class FileStream extends InputStream {
    private final ImageFile file;
    private final ByteBuffer buffer;
    private long next;
    private boolean failed;

    FileStream(ImageFile file, int bufferBytes) {
        this.file = file;
        this.buffer = ByteBuffer.allocate(bufferBytes).limit(0);
    }

    /// Whether the file could not be read.
    boolean failed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(buffer.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    /// Asked for by the JDK to see whether another member of a gzip file follows.
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, buffer.remaining() + file.length() - next);
    }

    /// @return whether there is anything to read
    private boolean fill() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), file.length() - next));
            failed = true;
            file.read(next, buffer);
            failed = false;
            next += buffer.flip().limit();
        }
        return buffer.hasRemaining();
    }
}
