package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// The bytes of a disk image file, wherever they are kept. Any number of threads may read it.
public interface ImageFile {
    /// Bytes `offset` to `offset + length` (exclusive).
    record Stretch(long offset, long length) {}

    long length();

    /// Where there is data between `from` and `to`: in order, not overlapping, clipped to both.
    List<Stretch> data(long from, long to) throws IOException;

    /// Fills `into` from its position to its limit.
    void read(long offset, ByteBuffer into) throws IOException;
}
