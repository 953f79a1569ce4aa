package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Reads VHDX images, fixed and dynamic, that were closed properly. Source: Microsoft, [MS-VHDX]
/// "Virtual Hard Disk v2 (VHDX) File Format".
final class Vhdx {
    static final String NAME = "VHDX";

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final long SIGNATURE = 0x656c_6966_7864_6876L; // vhdxfile
    private static final int HEADER_SIGNATURE = 0x6461_6568; // head
    private static final int REGION_SIGNATURE = 0x6967_6572; // regi
    private static final int HEADER_BYTES = 4 * KIB;
    private static final int REGION_TABLE_BYTES = 64 * KIB;
    private static final int MOST_REGIONS = 2047;
    private static final UUID BAT = UUID.fromString("2dc27766-f623-4200-9d64-115e9bfd4a08");
    private static final UUID METADATA = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");
    private static final long CHUNK_SECTORS = 1 << 23;

    private final FormatFile file;

    private record Region(long offset, long length) {}

    private Vhdx(FormatFile file) {
        this.file = file;
    }

    static DiskImage open(ImageFile image) throws IOException {
        return new Vhdx(new FormatFile(NAME, image, ByteOrder.LITTLE_ENDIAN)).image();
    }

    private DiskImage image() throws IOException {
        if (file.structure("the file identifier", 0, Long.BYTES).getLong() != SIGNATURE) {
            throw file.broken("it does not begin with vhdxfile");
        }
        requireClosed();
        Map<UUID, Region> regions = regions();
        VhdxMetadata metadata =
                VhdxMetadata.read(file, region(regions, METADATA, "metadata").offset());
        long chunk = CHUNK_SECTORS * metadata.sectorBytes() / metadata.blockBytes();
        Region table = region(regions, BAT, "block allocation table");
        long blocks = (metadata.diskBytes() - 1) / metadata.blockBytes() + 1;
        long needed = (blocks + (blocks - 1) / chunk) * Long.BYTES;
        if (table.length() < needed) {
            throw file.broken(
                    "the block allocation table has %d bytes and needs %d"
                            .formatted(table.length(), needed));
        }
        file.requireInside("the block allocation table", table.offset(), needed);
        VhdxMap map = new VhdxMap(file, table.offset(), metadata.blockBytes(), chunk);
        return new MappedImage(file, metadata.diskBytes(), map);
    }

    /// Of the two headers the one with the higher sequence number counts. If it names a log, the file
    /// was in use when it was copied, or its writer crashed.
    private void requireClosed() throws IOException {
        Optional<ByteBuffer> first = header(64L * KIB);
        Optional<ByteBuffer> second = header(128L * KIB);
        if (first.isEmpty() && second.isEmpty()) {
            throw file.broken("neither of its two headers is whole");
        }
        ByteBuffer header = first.or(() -> second).orElseThrow();
        if (second.isPresent()
                && Long.compareUnsigned(second.get().getLong(8), header.getLong(8)) > 0) {
            header = second.get();
        }
        if (header.getShort(66) != 1) {
            throw file.refused(
                    "has version " + header.getShort(66) + ", not 1",
                    "convert it with qemu-img convert -O qcow2 IN OUT");
        }
        if (header.getLong(48) != 0 || header.getLong(56) != 0) {
            throw file.refused(
                    "was not closed properly: its log (LogGuid) holds changes that are not in their"
                            + " places yet",
                    "close it where it is in use, or repair it with qemu-img check -r all FILE");
        }
    }

    private Optional<ByteBuffer> header(long offset) throws IOException {
        return checked("a header", offset, HEADER_BYTES, HEADER_SIGNATURE);
    }

    private Optional<ByteBuffer> checked(String what, long offset, int length, int signature)
            throws IOException {
        ByteBuffer bytes = file.structure(what, offset, length);
        int checksum = bytes.getInt(4);
        CRC32C crc = new CRC32C();
        crc.update(bytes.putInt(4, 0).duplicate());
        boolean good = bytes.getInt(0) == signature && (int) crc.getValue() == checksum;
        return Optional.of(bytes).filter(_ -> good);
    }

    private Map<UUID, Region> regions() throws IOException {
        Optional<ByteBuffer> table = regionTable(192L * KIB);
        if (table.isEmpty()) {
            table = regionTable(256L * KIB);
        }
        if (table.isEmpty()) {
            throw file.broken("neither of its two region tables is whole");
        }
        int count = table.get().getInt(8);
        if (count < 0 || count > MOST_REGIONS) {
            throw file.broken("its region table has " + count + " entries");
        }
        Map<UUID, Region> regions = new java.util.HashMap<>();
        for (int i = 0; i < count; i++) {
            add(regions, table.get(), 16 + i * 32);
        }
        return regions;
    }

    private Optional<ByteBuffer> regionTable(long offset) throws IOException {
        return checked("a region table", offset, REGION_TABLE_BYTES, REGION_SIGNATURE);
    }

    private void add(Map<UUID, Region> regions, ByteBuffer table, int at) throws FormatException {
        UUID id = VhdxMetadata.uuid(table, at);
        boolean known = id.equals(BAT) || id.equals(METADATA);
        if (!known && (table.getInt(at + 28) & 1) != 0) {
            throw file.refused(
                    "has a required region %s that is not known here".formatted(id),
                    "convert it with the program that made it");
        }
        long offset = table.getLong(at + 16);
        if (known && (offset < MIB || offset % MIB != 0)) {
            throw file.broken("region %s is at byte %d".formatted(id, offset));
        }
        regions.put(id, new Region(offset, Integer.toUnsignedLong(table.getInt(at + 24))));
    }

    private Region region(Map<UUID, Region> regions, UUID id, String what) throws FormatException {
        Optional<Region> region = Optional.ofNullable(regions.get(id));
        if (region.isEmpty()) {
            throw file.broken("it has no " + what);
        }
        return region.get();
    }
}
