package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads QCOW2 images, version 2 and 3: their active state, without internal snapshots and bitmaps.
/// Source: QEMU, docs/interop/qcow2.rst.
final class Qcow2 {
    static final String NAME = "QCOW2";

    private static final int V2_HEADER_BYTES = 72;
    private static final int V3_HEADER_BYTES = 104;
    private static final int LEAST_CLUSTER_BITS = 9;
    private static final int MOST_CLUSTER_BITS = 21;
    private static final int LEAST_EXTENDED_CLUSTER_BITS = 14;
    private static final String FLATTEN =
            "make a whole file of it where it was made, with qemu-img convert -O qcow2 IN OUT";

    /// Incompatible features. A dirty image (bit 0) has reference counts that may be wrong, which
    /// readers don't use.
    private static final long DIRTY = 1;

    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final long COMPRESSION_TYPE = 1 << 3;
    private static final long EXTENDED_L2 = 1 << 4;
    private static final long KNOWN =
            DIRTY | CORRUPT | EXTERNAL_DATA | COMPRESSION_TYPE | EXTENDED_L2;

    private final FormatFile file;
    private final ByteBuffer header;
    private final long features;

    private Qcow2(FormatFile file, ByteBuffer header, long features) {
        this.file = file;
        this.header = header;
        this.features = features;
    }

    static DiskImage open(ImageFile image) throws IOException {
        FormatFile file = new FormatFile(NAME, image, ByteOrder.BIG_ENDIAN);
        ByteBuffer start = file.structure("header", 0, V2_HEADER_BYTES);
        int version = start.getInt(4);
        if (start.getInt(0) != 0x514649fb) {
            throw file.broken("it does not begin with QFI");
        }
        return switch (version) {
            case 2 -> new Qcow2(file, start, 0).image();
            case 3 -> {
                ByteBuffer header = file.structure("header", 0, V3_HEADER_BYTES + 1);
                yield new Qcow2(file, header, header.getLong(72)).image();
            }
            default ->
                    throw file.refused(
                            "has version " + version + ", not 2 or 3",
                            "convert it with qemu-img convert -O qcow2 IN OUT");
        };
    }

    private DiskImage image() throws IOException {
        refuse();
        long bytes = file.diskLength("size", header.getLong(24));
        int bits = header.getInt(20);
        boolean extended = (features & EXTENDED_L2) != 0;
        if (bits < (extended ? LEAST_EXTENDED_CLUSTER_BITS : LEAST_CLUSTER_BITS)
                || bits > MOST_CLUSTER_BITS) {
            throw file.broken("cluster_bits is " + bits);
        }
        Qcow2Map map = new Qcow2Map(file, bits, extended, packing(), header.getLong(40));
        long needed = (bytes - 1) / map.spanBytes() + 1;
        if (Integer.toUnsignedLong(header.getInt(36)) < needed) {
            throw file.broken(
                    "l1_size is %d, and a disk of %d bytes needs %d"
                            .formatted(header.getInt(36), bytes, needed));
        }
        file.requireInside("the L1 table", header.getLong(40), needed * Long.BYTES);
        return new MappedImage(file, bytes, map);
    }

    private void refuse() throws FormatException {
        if (header.getLong(8) != 0) {
            throw file.refused(
                    "has a backing file (backing_file_offset), which is never opened", FLATTEN);
        }
        if (header.getInt(32) != 0) {
            throw file.refused(
                    "is encrypted (crypt_method %d)".formatted(header.getInt(32)),
                    "decrypt it with qemu-img convert, giving the key with --object secret");
        }
        if ((features & EXTERNAL_DATA) != 0) {
            throw file.refused(
                    "keeps its data in another file (incompatible_features, bit 2), which is never"
                            + " opened",
                    FLATTEN);
        }
        if ((features & CORRUPT) != 0) {
            throw file.refused(
                    "is marked as corrupt (incompatible_features, bit 1)",
                    "repair it with qemu-img check -r all FILE");
        }
        if ((features & ~KNOWN) != 0) {
            throw file.refused(
                    "needs features that are not known here (incompatible_features %#x)"
                            .formatted(features & ~KNOWN),
                    "convert it with qemu-img convert -O qcow2 IN OUT");
        }
    }

    private Packing packing() throws FormatException {
        boolean said = (features & COMPRESSION_TYPE) != 0 && header.getInt(100) > V3_HEADER_BYTES;
        int type = said ? Byte.toUnsignedInt(header.get(V3_HEADER_BYTES)) : 0;
        return switch (type) {
            case 0 -> Packing.DEFLATE;
            case 1 -> Packing.ZSTD;
            default ->
                    throw file.refused(
                            "is compressed in an unknown way (compression_type " + type + ")",
                            "convert it with qemu-img convert -O qcow2 IN OUT");
        };
    }
}
