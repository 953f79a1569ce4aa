package org.imageferry.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A table of an image file that is being made, whose entries are set in ascending order; only a page of
/// it is in memory. Big-endian, as in QCOW2 and VHD.
final class TableWriter {
    private static final int PAGE_BYTES = 64 << 10;

    private final FileSink sink;
    private final long offset;
    private final long length;
    private final byte unset;
    private final byte[] bytes;
    private final ByteBuffer page;
    private long start;
    private boolean touched;

    /// @param offset of the table in the file
    /// @param length in bytes
    /// @param unset of this byte are the entries that are not set
    TableWriter(FileSink sink, long offset, long length, byte unset) {
        this.sink = sink;
        this.offset = offset;
        this.length = length;
        this.unset = unset;
        this.bytes = new byte[(int) Math.min(PAGE_BYTES, length)];
        this.page = ByteBuffer.wrap(bytes);
        Arrays.fill(bytes, unset);
    }

    void put64(long index, long value) throws Exception {
        page.putLong(seek(index * Long.BYTES), value);
    }

    void put32(long index, int value) throws Exception {
        page.putInt(seek(index * Integer.BYTES), value);
    }

    private int seek(long at) throws Exception {
        while (at >= start + bytes.length) {
            flush();
        }
        touched = true;
        return (int) (at - start);
    }

    /// Writes the page, unless it would be all zeros, and goes on to the next.
    private void flush() throws Exception {
        if (touched || unset != 0) {
            int most = (int) Math.min(bytes.length, length - start);
            sink.put(offset + start, ByteBuffer.wrap(bytes, 0, most));
            Arrays.fill(bytes, unset);
        }
        start += bytes.length;
        touched = false;
    }

    /// Writes what is left.
    void close() throws Exception {
        while (start < length) {
            flush();
        }
    }
}
