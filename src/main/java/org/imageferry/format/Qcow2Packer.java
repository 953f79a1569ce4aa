package org.imageferry.format;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Makes a QCOW2 file whose clusters are compressed by zstd, one behind the other; so how long it
/// becomes is known only when it is done. For QEMU 5.1 and later.
///
/// The same clusters make the same file, so a run into [FileSink#NOWHERE] tells its length.
public final class Qcow2Packer {
    /// What is compressed at a time.
    public static final int CLUSTER_BYTES = Qcow2Tables.CLUSTER_BYTES;

    private static final int LEVEL = 3;
    private static final int SECTOR_BITS = 9;
    private static final int OFFSET_BITS = 62 - (Qcow2Tables.CLUSTER_BITS - 8);
    private static final long COMPRESSED = 1L << 62;

    private final FileSink sink;
    private final Qcow2Tables tables;

    /// Where the next compressed cluster goes, if it fits into the cluster of the file that this is in.
    /// 0 if there is none.
    private long position;

    /// @param diskBytes more than zero; rounded up to whole sectors of 512 bytes
    public Qcow2Packer(long diskBytes, FileSink sink) throws Exception {
        this.sink = sink;
        this.tables = new Qcow2Tables((diskBytes + 511) / 512 * 512, true, sink);
    }

    /// The compressed form of a cluster; its own bytes if that would not be shorter. Any number of
    /// threads may call.
    public static byte[] packed(byte[] cluster) {
        byte[] packed = new byte[(int) Zstd.compressBound(cluster.length)];
        long length = Zstd.compress(packed, cluster, LEVEL);
        return length < cluster.length ? Arrays.copyOf(packed, (int) length) : cluster;
    }

    /// Appends a cluster of the disk, in ascending order. Those that are left out are holes.
    ///
    /// @param packed what [#packed] made of it
    public void append(long cluster, byte[] packed) throws Exception {
        tables.enter(cluster);
        if (packed.length == CLUSTER_BYTES) {
            long place = tables.allocate();
            tables.plain(cluster, place);
            sink.put(place << Qcow2Tables.CLUSTER_BITS, ByteBuffer.wrap(packed));
            return;
        }
        long start = room(packed.length);
        long end = start + packed.length;
        long sectors = ((end - 1) >>> SECTOR_BITS) - (start >>> SECTOR_BITS);
        tables.packed(cluster, COMPRESSED | (sectors << OFFSET_BITS) | start);
        sink.put(start, ByteBuffer.wrap(packed));
        position = end % CLUSTER_BYTES == 0 ? 0 : end;
    }

    /// Behind the last one if it fits into the same cluster, or else into that and the next one; or in
    /// a fresh cluster.
    private long room(int length) throws Exception {
        long open = position >>> Qcow2Tables.CLUSTER_BITS;
        boolean goesOn = position > 0 && tables.countable(open);
        if (goesOn && position % CLUSTER_BYTES + length <= CLUSTER_BYTES) {
            tables.count(open);
            return position;
        }
        long fresh = tables.allocate();
        if (goesOn && fresh == open + 1 && tables.countable(open)) {
            tables.count(open);
            return position;
        }
        return fresh << Qcow2Tables.CLUSTER_BITS;
    }

    /// @return the file's length
    public long finish() throws Exception {
        return tables.finish();
    }
}
