package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads VDI images, dynamic and static, as VirtualBox 2 and later and QEMU write them. Source: QEMU,
/// block/vdi.c; VirtualBox, VDICore.h.
final class Vdi implements DiskMap {
    static final String NAME = "VDI";

    private static final int HEADER_BYTES = 512;
    private static final int SIGNATURE = 0xbeda107f;
    private static final int VERSION = 0x0001_0001;
    private static final int UUID_LONGS = 2;
    private static final int LINK = 0x1a8;
    private static final int PARENT = 0x1b8;
    private static final int LEAST_BLOCK_BYTES = 4096;
    private static final int MOST_BLOCK_BYTES = 256 << 20;

    /// From here on an entry says that the block was never written, or is zero.
    private static final long NO_BLOCK = 0xffff_fffeL;

    private final FormatFile file;
    private final long table;
    private final long data;
    private final int blockBytes;

    private Vdi(FormatFile file, long table, long data, int blockBytes) {
        this.file = file;
        this.table = table;
        this.data = data;
        this.blockBytes = blockBytes;
    }

    static DiskImage open(ImageFile image) throws IOException {
        FormatFile file = new FormatFile(NAME, image, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer header = file.structure("the header", 0, HEADER_BYTES);
        if (header.getInt(0x40) != SIGNATURE) {
            throw file.broken("its signature is wrong");
        }
        refuse(file, header);
        long bytes = file.diskLength("the disk's size", header.getLong(0x170));
        int block =
                file.powerOfTwo(
                        "the block size",
                        Integer.toUnsignedLong(header.getInt(0x178)),
                        LEAST_BLOCK_BYTES,
                        MOST_BLOCK_BYTES);
        long table = Integer.toUnsignedLong(header.getInt(0x154));
        long data = Integer.toUnsignedLong(header.getInt(0x158));
        long needed = (bytes - 1) / block + 1;
        long blocks = Integer.toUnsignedLong(header.getInt(0x180));
        if (blocks < needed) {
            throw file.broken(
                    "it has %d blocks, and a disk of %d bytes needs %d"
                            .formatted(blocks, bytes, needed));
        }
        file.requireInside("the block map", table, needed * Integer.BYTES);
        return new MappedImage(file, bytes, new Vdi(file, table, data, block));
    }

    private static void refuse(FormatFile file, ByteBuffer header) throws FormatException {
        if (header.getInt(0x44) != VERSION) {
            throw file.refused(
                    "has version %#x, not 1.1".formatted(header.getInt(0x44)),
                    "convert it with VBoxManage clonemedium, or with qemu-img convert -O qcow2");
        }
        int type = header.getInt(0x4c);
        boolean linked = false;
        for (int i = 0; i < UUID_LONGS; i++) {
            linked |= header.getLong(LINK + i * Long.BYTES) != 0;
            linked |= header.getLong(PARENT + i * Long.BYTES) != 0;
        }
        if ((type != 1 && type != 2) || linked) {
            throw file.refused(
                    "holds only what differs from a parent disk (image type %d)".formatted(type),
                    "make a whole file of it with VBoxManage clonemedium");
        }
        if (header.getInt(0x17c) != 0) {
            throw file.refused(
                    "has extra data before each block (block extra %d)"
                            .formatted(header.getInt(0x17c)),
                    "convert it with VBoxManage clonemedium");
        }
    }

    @Override
    public Run at(long offset) throws IOException {
        long inBlock = offset % blockBytes;
        long length = blockBytes - inBlock;
        long block = file.uint32(table + offset / blockBytes * Integer.BYTES);
        return block >= NO_BLOCK
                ? new Hole(length)
                : new Plain(data + block * blockBytes + inBlock, length);
    }
}
