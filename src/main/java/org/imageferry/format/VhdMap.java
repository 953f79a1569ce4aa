package org.imageferry.format;

import java.io.IOException;

/// The block allocation table of a dynamic VHD. Each block begins with a bitmap that says which of its
/// sectors were ever written; the others are zero.
final class VhdMap implements DiskMap {
    private static final int SECTOR_BYTES = 512;

    /// A longer run is told in pieces: so a question costs little, however long a block is.
    private static final int MOST_SECTORS = 4096;

    private static final long NOT_ALLOCATED = 0xffff_ffffL;

    private final FormatFile file;
    private final long table;
    private final int blockBytes;
    private final int bitmapBytes;

    VhdMap(FormatFile file, long table, int blockBytes) {
        this.file = file;
        this.table = table;
        this.blockBytes = blockBytes;
        this.bitmapBytes = bitmapBytes(blockBytes);
    }

    /// The bitmap's length in whole sectors.
    static int bitmapBytes(int blockBytes) {
        int bits = blockBytes / SECTOR_BYTES;
        int perSector = SECTOR_BYTES * Byte.SIZE;
        return (bits + perSector - 1) / perSector * SECTOR_BYTES;
    }

    @Override
    public Run at(long offset) throws IOException {
        int inBlock = (int) (offset % blockBytes);
        long sector = file.uint32(table + offset / blockBytes * Integer.BYTES);
        if (sector == NOT_ALLOCATED) {
            return new Hole(blockBytes - inBlock);
        }
        long block = sector * SECTOR_BYTES;
        int first = inBlock / SECTOR_BYTES;
        boolean written = written(block, first);
        int last = Math.min(blockBytes / SECTOR_BYTES, first + MOST_SECTORS);
        int end = first + 1;
        while (end < last && written(block, end) == written) {
            end++;
        }
        long length = (long) end * SECTOR_BYTES - inBlock;
        return written ? new Plain(block + bitmapBytes + inBlock, length) : new Hole(length);
    }

    /// The most significant bit is the first sector's.
    private boolean written(long block, int sector) throws IOException {
        return (file.int8(block + sector / Byte.SIZE) & (0x80 >>> (sector % Byte.SIZE))) != 0;
    }
}
