package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk as its image file describes it: `length` bytes, of which those outside [#data] are zero. Any
/// number of threads may read it.
public interface DiskImage {
    /// The exact length of the disk in bytes.
    long length();

    /// Where there may be anything but zeros between `from` and `to`: in order, not overlapping,
    /// clipped to both.
    List<ImageFile.Stretch> data(long from, long to) throws IOException;

    /// Fills `into` from its position to its limit with the disk's bytes from `offset`.
    void read(long offset, ByteBuffer into) throws IOException;
}
