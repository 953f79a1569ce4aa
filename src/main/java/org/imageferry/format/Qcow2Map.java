package org.imageferry.format;

import java.io.IOException;

/// The two levels of tables of a QCOW2 image. Reference counts are not looked at: they say nothing about
/// where a cluster is.
final class Qcow2Map implements DiskMap {
    /// Bits 9 to 55 of an entry.
    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

    private static final long COMPRESSED = 1L << 62;
    private static final long ZERO = 1;
    private static final int SUBCLUSTER_BITS = 5;
    private static final int SECTOR_BYTES = 512;

    private final FormatFile file;
    private final int clusterBits;
    private final boolean extended;
    private final Packing packing;
    private final long l1;
    private final int l2Bits;

    /// @param l1 where the first level's table begins
    Qcow2Map(FormatFile file, int clusterBits, boolean extended, Packing packing, long l1) {
        this.file = file;
        this.clusterBits = clusterBits;
        this.extended = extended;
        this.packing = packing;
        this.l1 = l1;
        this.l2Bits = clusterBits - (extended ? 4 : 3); // entries of 16 or 8 bytes
    }

    /// Bytes of the disk for which one entry of the first level stands.
    long spanBytes() {
        return 1L << (clusterBits + l2Bits);
    }

    @Override
    public Run at(long offset) throws IOException {
        long l2 = file.int64(l1 + offset / spanBytes() * Long.BYTES) & OFFSET;
        if (l2 == 0) {
            return new Hole(spanBytes() - offset % spanBytes());
        }
        requireAligned("the L2 table", l2);
        long index = (offset >>> clusterBits) & ((1L << l2Bits) - 1);
        int inCluster = (int) (offset & (clusterBytes() - 1));
        long entry = l2 + index * (extended ? 16 : 8);
        long place = file.int64(entry);
        if ((place & COMPRESSED) != 0) {
            return new Packed(packed(place), inCluster, clusterBytes() - inCluster);
        }
        if (extended) {
            return subcluster(place & OFFSET, file.int64(entry + Long.BYTES), inCluster);
        }
        boolean hole = (place & ZERO) != 0 || (place & OFFSET) == 0;
        return run(hole, place & OFFSET, inCluster, clusterBytes() - inCluster);
    }

    private int clusterBytes() {
        return 1 << clusterBits;
    }

    private Run run(boolean hole, long cluster, int inCluster, long length) throws FormatException {
        if (hole) {
            return new Hole(length);
        }
        requireAligned("a cluster", cluster);
        return new Plain(cluster + inCluster, length);
    }

    private void requireAligned(String what, long offset) throws FormatException {
        if (offset % clusterBytes() != 0) {
            throw file.broken("%s is at byte %d, not aligned".formatted(what, offset));
        }
    }

    /// @param bitmap the lower half says which subclusters are allocated, the upper half which are zero
    private Run subcluster(long cluster, long bitmap, int inCluster) throws FormatException {
        int subBits = clusterBits - SUBCLUSTER_BITS;
        int number = inCluster >>> subBits;
        boolean allocated = ((bitmap >>> number) & 1) != 0;
        boolean zero = ((bitmap >>> (number + 32)) & 1) != 0;
        if (allocated && (zero || cluster == 0)) {
            throw file.broken("an extended L2 entry contradicts itself");
        }
        int length = (1 << subBits) - (inCluster & ((1 << subBits) - 1));
        return run(!allocated, cluster, inCluster, length);
    }

    /// The entry gives whole sectors; the last may lie partly beyond the file's end.
    private PackedCluster packed(long entry) throws FormatException {
        int offsetBits = 62 - (clusterBits - 8);
        long offset = entry & ((1L << offsetBits) - 1);
        long sectors = ((entry & (COMPRESSED - 1)) >>> offsetBits) + 1;
        long end = Math.min(file.length(), (offset / SECTOR_BYTES + sectors) * SECTOR_BYTES);
        if (offset >= end) {
            throw file.broken(
                    "a compressed cluster should be at byte %d, but the file has only %d"
                            .formatted(offset, file.length()));
        }
        return new PackedCluster(offset, (int) (end - offset), clusterBytes(), packing);
    }
}
