package org.imageferry.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Makes a dynamic VHD: a copy of the footer, the header, the block allocation table, the blocks in the
/// order of the disk, the footer. Source: Microsoft, "Virtual Hard Disk Image Format Specification" 1.0
/// (2006).
public final class VhdWriter extends PlacedWriter {
    /// The longest disk that the format holds: 2040 GiB.
    public static final long MOST_DISK_BYTES = 2040L << 30;

    private static final int BLOCK_BYTES = 2 << 20;
    private static final int SECTOR_BYTES = 512;
    private static final int BITMAP_BYTES = VhdMap.bitmapBytes(BLOCK_BYTES);
    private static final int TABLE = Vhd.FOOTER_BYTES + Vhd.HEADER_BYTES;

    /// QEMU's mark for files whose size counts, not their geometry.
    private static final String CREATOR = "qem2";

    private final UUID id;
    private final long blocks;
    private final TableWriter table;
    private long end;

    VhdWriter(long diskBytes, UUID id, FileSink sink) {
        super(diskBytes, BLOCK_BYTES, sink);
        if (diskBytes > MOST_DISK_BYTES) {
            throw new IllegalArgumentException("no VHD has " + diskBytes + " bytes");
        }
        this.id = id;
        this.blocks = (diskBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        long sectors = (blocks * Integer.BYTES + SECTOR_BYTES - 1) / SECTOR_BYTES;
        this.table = new TableWriter(sink, TABLE, sectors * SECTOR_BYTES, (byte) -1);
        this.end = TABLE + sectors * SECTOR_BYTES;
    }

    @Override
    long place(long block) throws Exception {
        table.put32(block, (int) (end / SECTOR_BYTES));
        byte[] bitmap = new byte[BITMAP_BYTES];
        Arrays.fill(bitmap, (byte) -1); // all sectors are there
        sink.put(end, ByteBuffer.wrap(bitmap));
        long data = end + BITMAP_BYTES;
        end = data + BLOCK_BYTES;
        return data;
    }

    @Override
    public long finish() throws Exception {
        table.close();
        ByteBuffer footer = footer();
        sink.put(0, footer.duplicate());
        sink.put(Vhd.FOOTER_BYTES, header());
        sink.put(end, footer);
        return end + Vhd.FOOTER_BYTES;
    }

    private ByteBuffer footer() {
        ByteBuffer footer = ByteBuffer.allocate(Vhd.FOOTER_BYTES);
        footer.putLong(Vhd.COOKIE).putInt(2).putInt(0x10000); // features, version
        footer.putLong(Vhd.FOOTER_BYTES).putInt(0); // where the header is, when it was made
        footer.put(CREATOR.getBytes(StandardCharsets.US_ASCII)).putInt(0x50003);
        footer.put("Wi2k".getBytes(StandardCharsets.US_ASCII));
        footer.putLong(diskBytes).putLong(diskBytes).putInt(geometry(diskBytes / SECTOR_BYTES));
        footer.putInt(3).putInt(0); // dynamic; the checksum
        footer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        footer.putInt(Vhd.FOOTER_CHECKSUM, Vhd.checksum(footer.clear(), Vhd.FOOTER_CHECKSUM));
        return footer;
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(Vhd.HEADER_BYTES);
        header.putLong(Vhd.HEADER_COOKIE).putLong(-1).putLong(TABLE);
        header.putInt(0x10000).putInt((int) blocks).putInt(BLOCK_BYTES);
        header.putInt(Vhd.HEADER_CHECKSUM, Vhd.checksum(header.clear(), Vhd.HEADER_CHECKSUM));
        return header;
    }

    /// Cylinders (16 bits), heads and sectors (8 each), by the specification's appendix "CHS
    /// Calculation".
    private static int geometry(long diskSectors) {
        long sectors = Math.min(diskSectors, 65_535L * 16 * 255);
        int perTrack;
        int heads;
        long tracks;
        if (sectors >= 65_535L * 16 * 63) {
            perTrack = 255;
            heads = 16;
            tracks = sectors / perTrack;
        } else {
            perTrack = 17;
            tracks = sectors / perTrack;
            heads = Math.max(4, (int) ((tracks + 1023) / 1024));
            if (tracks >= heads * 1024L || heads > 16) {
                perTrack = 31;
                heads = 16;
                tracks = sectors / perTrack;
            }
            if (tracks >= heads * 1024L) {
                perTrack = 63;
                heads = 16;
                tracks = sectors / perTrack;
            }
        }
        return ((int) (tracks / heads) << 16) | (heads << 8) | perTrack;
    }
}
