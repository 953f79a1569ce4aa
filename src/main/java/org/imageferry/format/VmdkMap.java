package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The grain directory and grain tables of a sparse VMDK.
final class VmdkMap implements DiskMap {
    private static final int MARKER_BYTES = 12;

    /// Deflate makes nothing longer by more than this, not even what can't be compressed.
    private static final int MOST_OVERHEAD_BYTES = 64 << 10;

    private final FormatFile file;
    private final long directory;
    private final int grainBytes;
    private final int entries;
    private final boolean zeros;
    private final boolean compressed;
    private final long diskBytes;

    /// @param entries of a grain table
    /// @param zeros whether the entry 1 stands for a grain of zeros
    VmdkMap(
            FormatFile file,
            long directory,
            int grainBytes,
            int entries,
            boolean zeros,
            boolean compressed,
            long diskBytes) {
        this.file = file;
        this.directory = directory;
        this.grainBytes = grainBytes;
        this.entries = entries;
        this.zeros = zeros;
        this.compressed = compressed;
        this.diskBytes = diskBytes;
    }

    @Override
    public Run at(long offset) throws IOException {
        long span = (long) grainBytes * entries;
        long table = file.uint32(directory + offset / span * Integer.BYTES);
        if (table == 0) {
            return new Hole(span - offset % span);
        }
        long index = offset % span / grainBytes;
        long sector = file.uint32(table * Vmdk.SECTOR_BYTES + index * Integer.BYTES);
        int inGrain = (int) (offset % grainBytes);
        if (sector == 0 || (zeros && sector == 1)) {
            return new Hole(grainBytes - inGrain);
        }
        long grain = sector * Vmdk.SECTOR_BYTES;
        return compressed
                ? new Packed(packed(grain, offset), inGrain, grainBytes - inGrain)
                : plain(grain, inGrain);
    }

    /// The file may end within its last grain: the rest of that was never written, and is zero.
    private Run plain(long grain, int inGrain) throws FormatException {
        long length = (long) grainBytes - inGrain;
        long there = file.length() - grain - inGrain;
        if (grain >= file.length()) {
            throw file.broken(
                    "a grain should be at byte %d, but the file has only %d"
                            .formatted(grain, file.length()));
        }
        return there > 0 ? new Plain(grain + inGrain, Math.min(length, there)) : new Hole(length);
    }

    /// A marker says of which sector of the disk the grain is, and how long it is compressed. The
    /// disk's last grain holds no more than the disk.
    private PackedCluster packed(long grain, long offset) throws IOException {
        ByteBuffer marker = file.structure("a grain's marker", grain, MARKER_BYTES);
        long start = offset - offset % grainBytes;
        long sector = marker.getLong(0);
        long length = Integer.toUnsignedLong(marker.getInt(8));
        if (sector != start / Vmdk.SECTOR_BYTES
                || length == 0
                || length > grainBytes + MOST_OVERHEAD_BYTES) {
            throw file.broken("the marker of the grain at byte %d is wrong".formatted(grain));
        }
        int bytes = (int) Math.min(grainBytes, diskBytes - start);
        return new PackedCluster(grain + MARKER_BYTES, (int) length, bytes, Packing.ZLIB);
    }
}
