package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads VMDK images of a single sparse file: `monolithicSparse` and `streamOptimized`. Source: VMware,
/// "Virtual Disk Format 5.0" (2011), sections "Hosted Sparse Extents" and "Stream-Optimized
/// Compressed Sparse Extents".
final class Vmdk {
    static final String NAME = "VMDK";
    static final int SECTOR_BYTES = 512;

    private static final int MAGIC = 0x564d444b; // KDMV
    private static final int MOST_VERSION = 3;
    private static final int MOST_GRAIN_SECTORS = 4096;
    private static final int MOST_TABLE_ENTRIES = 512;
    private static final int ZERO_GRAINS = 1 << 2;
    private static final int COMPRESSED = 1 << 16;

    /// Where the directory is said to be, when a footer says it.
    private static final long AT_END = -1;

    /// The footer stands before the marker of the stream's end.
    private static final int FOOTER_FROM_END = 2 * SECTOR_BYTES;

    private final FormatFile file;

    private Vmdk(FormatFile file) {
        this.file = file;
    }

    static DiskImage open(ImageFile image) throws IOException {
        return new Vmdk(new FormatFile(NAME, image, ByteOrder.LITTLE_ENDIAN)).image();
    }

    private DiskImage image() throws IOException {
        refuseBareDescriptor();
        ByteBuffer header = header(0);
        VmdkDescriptor.read(file, header).check();
        if (header.getLong(56) == AT_END) {
            header = header(file.length() - FOOTER_FROM_END);
        }
        long sectors = header.getLong(12);
        if (sectors <= 0 || sectors > Long.MAX_VALUE / SECTOR_BYTES) {
            throw file.broken("its capacity is " + sectors + " sectors");
        }
        int grain =
                file.powerOfTwo("grainSize", header.getLong(20), 1, MOST_GRAIN_SECTORS)
                        * SECTOR_BYTES;
        int entries = file.powerOfTwo("numGTEsPerGT", header.getInt(44), 1, MOST_TABLE_ENTRIES);
        long directory = bytes("gdOffset", header.getLong(56));
        long bytes = sectors * SECTOR_BYTES;
        long tables = (bytes - 1) / ((long) grain * entries) + 1;
        file.requireInside("the grain directory", directory, tables * Integer.BYTES);
        boolean zeros = (header.getInt(8) & ZERO_GRAINS) != 0;
        VmdkMap map =
                new VmdkMap(file, directory, grain, entries, zeros, compressed(header), bytes);
        return new MappedImage(file, bytes, map);
    }

    private void refuseBareDescriptor() throws IOException {
        String text = VmdkDescriptor.text(file, 0, file.length());
        if (text.startsWith(VmdkDescriptor.START)) {
            new VmdkDescriptor(file, text).check();
            throw file.refused(
                    "is only a descriptor; the disk is in another", VmdkDescriptor.ADVICE);
        }
    }

    private ByteBuffer header(long offset) throws IOException {
        ByteBuffer header = file.structure("the header", offset, SECTOR_BYTES);
        if (header.getInt(0) != MAGIC) {
            throw file.broken("there is no header at byte " + offset);
        }
        int version = header.getInt(4);
        if (version < 1 || version > MOST_VERSION) {
            throw file.refused(
                    "has version %d, not 1 to %d".formatted(version, MOST_VERSION),
                    VmdkDescriptor.ADVICE);
        }
        return header;
    }

    private boolean compressed(ByteBuffer header) throws FormatException {
        boolean compressed = (header.getInt(8) & COMPRESSED) != 0;
        int algorithm = Short.toUnsignedInt(header.getShort(77));
        if (compressed && algorithm != 1) {
            throw file.broken("compressAlgorithm is " + algorithm + ", not 1 (deflate)");
        }
        return compressed;
    }

    private long bytes(String field, long sectors) throws FormatException {
        if (sectors < 1 || sectors > file.length() / SECTOR_BYTES) {
            throw file.broken("%s is %d, outside of the file".formatted(field, sectors));
        }
        return sectors * SECTOR_BYTES;
    }
}
