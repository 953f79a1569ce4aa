package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Reads VHD images, fixed and dynamic. Source: Microsoft, "Virtual Hard Disk Image Format
/// Specification" 1.0 (2006).
final class Vhd {
    static final String NAME = "VHD";
    static final int FOOTER_BYTES = 512;
    static final int HEADER_BYTES = 1024;

    static final long COOKIE = 0x636f6e6563746978L; // conectix
    static final long HEADER_COOKIE = 0x6378737061727365L; // cxsparse
    static final int FOOTER_CHECKSUM = 64;
    static final int HEADER_CHECKSUM = 36;
    private static final int LEAST_BLOCK_BYTES = 4096;
    private static final int MOST_BLOCK_BYTES = 256 << 20;

    private final FormatFile file;

    private Vhd(FormatFile file) {
        this.file = file;
    }

    static DiskImage open(ImageFile image) throws IOException {
        return new Vhd(new FormatFile(NAME, image, ByteOrder.BIG_ENDIAN)).image();
    }

    private DiskImage image() throws IOException {
        ByteBuffer footer = footer();
        long bytes = file.diskLength("current size", footer.getLong(48));
        int type = footer.getInt(60);
        return switch (type) {
            case 2 -> fixed(bytes);
            case 3 -> dynamic(bytes, footer.getLong(16));
            case 4 ->
                    throw file.refused(
                            "holds only what differs from a parent disk (disk type 4)",
                            "merge it with its parents where it was made");
            default -> throw file.broken("disk type is " + type);
        };
    }

    /// It stands at the end; a dynamic image has a copy at the start, for when the end was damaged.
    private ByteBuffer footer() throws IOException {
        Optional<ByteBuffer> footer = footer(file.length() - FOOTER_BYTES);
        if (footer.isEmpty()) {
            footer = footer(0);
        }
        if (footer.isEmpty()) {
            throw file.broken("there is no footer with the right checksum at its end");
        }
        return footer.get();
    }

    private Optional<ByteBuffer> footer(long offset) throws IOException {
        if (offset < 0 || file.length() < FOOTER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer footer = file.structure("the footer", offset, FOOTER_BYTES);
        boolean good =
                footer.getLong(0) == COOKIE
                        && footer.getInt(FOOTER_CHECKSUM) == checksum(footer, FOOTER_CHECKSUM);
        return Optional.of(footer).filter(_ -> good);
    }

    /// The complement of the sum of all bytes but its own four.
    static int checksum(ByteBuffer structure, int at) {
        int sum = 0;
        for (int i = 0; i < structure.limit(); i++) {
            boolean own = i >= at && i < at + Integer.BYTES;
            sum += own ? 0 : Byte.toUnsignedInt(structure.get(i));
        }
        return ~sum;
    }

    private DiskImage fixed(long bytes) throws FormatException {
        file.requireInside("the disk", 0, bytes);
        return new MappedImage(file, bytes, offset -> new DiskMap.Plain(offset, bytes - offset));
    }

    private DiskImage dynamic(long bytes, long at) throws IOException {
        ByteBuffer header = file.structure("the dynamic disk header", at, HEADER_BYTES);
        if (header.getLong(0) != HEADER_COOKIE
                || header.getInt(HEADER_CHECKSUM) != checksum(header, HEADER_CHECKSUM)) {
            throw file.broken("the dynamic disk header or its checksum is wrong");
        }
        int block =
                file.powerOfTwo(
                        "block size",
                        Integer.toUnsignedLong(header.getInt(32)),
                        LEAST_BLOCK_BYTES,
                        MOST_BLOCK_BYTES);
        long table = header.getLong(16);
        long needed = (bytes - 1) / block + 1;
        if (Integer.toUnsignedLong(header.getInt(28)) < needed) {
            throw file.broken(
                    "max table entries is %d, and a disk of %d bytes needs %d"
                            .formatted(header.getInt(28), bytes, needed));
        }
        file.requireInside("the block allocation table", table, needed * Integer.BYTES);
        return new MappedImage(file, bytes, new VhdMap(file, table, block));
    }
}
