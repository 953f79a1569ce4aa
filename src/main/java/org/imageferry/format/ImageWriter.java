package org.imageferry.format;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/// Makes an image file of a disk whose data lies in it as it is. Where a byte goes depends on nothing
/// but the disk's length and where it has data; so a run into [FileSink#NOWHERE], without the data,
/// tells how long the file will be.
///
/// The disk comes in parts, in order; the data of a part in any order, from any number of threads.
/// Little is kept in memory: the places of one part, and a page of each table.
public interface ImageWriter {
    /// Begins the next part; the one before has been written.
    ///
    /// @param data where the part has data: in order, not overlapping
    void part(List<ImageFile.Stretch> data) throws Exception;

    /// Writes data of the part.
    ///
    /// @param offset on the disk; all of `content` is inside of what [#part] was told
    void write(long offset, ByteBuffer content) throws Exception;

    /// Writes what else belongs to the file.
    ///
    /// @return the file's length
    long finish() throws Exception;

    /// QCOW2 version 3, with clusters of 64 KiB.
    ///
    /// @param diskBytes more than zero; rounded up to whole sectors of 512 bytes
    static ImageWriter qcow2(long diskBytes, FileSink sink) throws Exception {
        return new Qcow2Writer(diskBytes, sink);
    }

    /// A dynamic VHD, with blocks of 2 MiB.
    ///
    /// @param diskBytes 1 to [VhdWriter#MOST_DISK_BYTES]; rounded up to whole sectors of 512 bytes
    /// @param id the file's own, 16 bytes of any value
    static ImageWriter vhd(long diskBytes, UUID id, FileSink sink) {
        return new VhdWriter(diskBytes, id, sink);
    }
}
