package org.imageferry.format;

import java.io.IOException;

/// The block allocation table of a VHDX. After each chunk of blocks it has one entry for a bitmap that
/// only disks with parents use.
final class VhdxMap implements DiskMap {
    private static final int STATE = 7;
    private static final long OFFSET = -1L << 20;
    private static final int FULLY_PRESENT = 6;

    private final FormatFile file;
    private final long table;
    private final int blockBytes;
    private final long chunkBlocks;

    VhdxMap(FormatFile file, long table, int blockBytes, long chunkBlocks) {
        this.file = file;
        this.table = table;
        this.blockBytes = blockBytes;
        this.chunkBlocks = chunkBlocks;
    }

    @Override
    public Run at(long offset) throws IOException {
        long block = offset / blockBytes;
        long inBlock = offset % blockBytes;
        long length = blockBytes - inBlock;
        long entry = file.int64(table + (block + block / chunkBlocks) * Long.BYTES);
        return switch ((int) (entry & STATE)) {
            case 0, 1, 2, 3 -> new Hole(length); // not present, undefined, zero, unmapped
            case FULLY_PRESENT -> new Plain((entry & OFFSET) + inBlock, length);
            default -> throw file.broken("block %d has state %d".formatted(block, entry & STATE));
        };
    }
}
