package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk as its image file describes it: `length` bytes, of which those outside [#data] are zero. Any
/// number of threads may read it.
public interface DiskImage {
    /// The exact length of the disk in bytes; more than zero.
    long length();

    /// Where there may be anything but zeros between `from` and `to`: in order, not overlapping,
    /// clipped to both. Gaps of less than a page of 4 KiB need not be told.
    ///
    /// @throws FormatException if the file's own tables are broken there
    List<ImageFile.Stretch> data(long from, long to) throws IOException;

    /// Fills `into` from its position to its limit with the disk's bytes from `offset`.
    ///
    /// @throws FormatException if the file is broken there
    void read(long offset, ByteBuffer into) throws IOException;
}
