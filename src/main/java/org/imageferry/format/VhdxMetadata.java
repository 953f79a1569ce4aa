package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.UUID;

/// What a VHDX says of its disk. Source: [MS-VHDX], 2.6.
///
/// @param diskBytes the disk's length
/// @param blockBytes the unit in which the file grows
/// @param sectorBytes the disk's logical sector
record VhdxMetadata(long diskBytes, int blockBytes, int sectorBytes) {
    private static final long SIGNATURE = 0x6174_6164_6174_656dL; // metadata
    private static final int TABLE_BYTES = 64 << 10;
    private static final int MOST_ITEMS = 2047;
    private static final int MIB = 1 << 20;
    private static final int REQUIRED = 4;
    private static final UUID FILE = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
    private static final UUID SIZE = UUID.fromString("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
    private static final UUID SECTOR = UUID.fromString("8141bf1d-a96f-4709-ba47-f233a8faab5f");
    private static final UUID PHYSICAL = UUID.fromString("cda348c7-445d-4471-9cc9-e9885251c556");
    private static final UUID PAGE_83 = UUID.fromString("beca12ab-b2e6-4523-93ef-c309e000c746");
    private static final UUID PARENT = UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c");

    /// @param region where the metadata begins in the file
    static VhdxMetadata read(FormatFile file, long region) throws IOException {
        ByteBuffer table = file.structure("the metadata", region, TABLE_BYTES);
        int count = Short.toUnsignedInt(table.getShort(10));
        if (table.getLong(0) != SIGNATURE || count > MOST_ITEMS) {
            throw file.broken("its metadata table is wrong");
        }
        refuseUnknown(file, table, count);
        long parameters = item(file, table, count, region, FILE);
        if (((parameters >>> 32) & 2) != 0 || offset(table, count, PARENT).isPresent()) {
            throw file.refused(
                    "holds only what differs from a parent disk (HasParent)",
                    "merge it with its parents where it was made");
        }
        long sector = item(file, table, count, region, SECTOR) & 0xffff_ffffL;
        return new VhdxMetadata(
                file.diskLength("VirtualDiskSize", item(file, table, count, region, SIZE)),
                file.powerOfTwo("BlockSize", parameters & 0xffff_ffffL, MIB, 256L * MIB),
                file.powerOfTwo("LogicalSectorSize", sector, 512, 4096));
    }

    private static void refuseUnknown(FormatFile file, ByteBuffer table, int count)
            throws FormatException {
        for (int i = 0; i < count; i++) {
            UUID id = uuid(table, at(i));
            boolean known =
                    id.equals(FILE)
                            || id.equals(SIZE)
                            || id.equals(SECTOR)
                            || id.equals(PHYSICAL)
                            || id.equals(PAGE_83)
                            || id.equals(PARENT);
            if (!known && (table.getInt(at(i) + 24) & REQUIRED) != 0) {
                throw file.refused(
                        "has required metadata %s that is not known here".formatted(id),
                        "convert it with the program that made it");
            }
        }
    }

    private static int at(int item) {
        return 32 + item * 32;
    }

    /// Eight bytes of an item; of a shorter one, what follows it too.
    private static long item(FormatFile file, ByteBuffer table, int count, long region, UUID id)
            throws IOException {
        OptionalLong offset = offset(table, count, id);
        if (offset.isEmpty()) {
            throw file.broken("its metadata has no item " + id);
        }
        return file.structure("metadata " + id, region + offset.getAsLong(), Long.BYTES).getLong();
    }

    private static OptionalLong offset(ByteBuffer table, int count, UUID id) {
        for (int i = 0; i < count; i++) {
            if (uuid(table, at(i)).equals(id)) {
                return OptionalLong.of(Integer.toUnsignedLong(table.getInt(at(i) + 16)));
            }
        }
        return OptionalLong.empty();
    }

    /// The first three of a GUID's fields are little-endian, the rest is as it is written.
    static UUID uuid(ByteBuffer bytes, int at) {
        long first = Integer.toUnsignedLong(bytes.getInt(at));
        long second = Short.toUnsignedLong(bytes.getShort(at + 4));
        long third = Short.toUnsignedLong(bytes.getShort(at + 6));
        return new UUID(
                (first << 32) | (second << 16) | third, Long.reverseBytes(bytes.getLong(at + 8)));
    }
}
