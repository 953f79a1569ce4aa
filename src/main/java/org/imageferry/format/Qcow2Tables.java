package org.imageferry.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The tables of a QCOW2 file that is being made, with clusters of 64 KiB and reference counts of 16
/// bits. Clusters are given out in ascending order: the header, the table of reference counts, their
/// first block and the L1 table come first, then data and L2 tables as they are needed. Each further
/// block of reference counts is the first cluster of those that it counts. Source: QEMU,
/// docs/interop/qcow2.rst.
final class Qcow2Tables {
    static final int CLUSTER_BITS = 16;
    static final int CLUSTER_BYTES = 1 << CLUSTER_BITS;

    private static final int L2_ENTRIES = CLUSTER_BYTES / Long.BYTES;
    private static final int COUNTS = CLUSTER_BYTES / Short.BYTES;
    private static final int HEADER_BYTES = 112;
    private static final int REFCOUNT_ORDER = 4;
    private static final long COMPRESSION_TYPE = 1 << 3;
    private static final long COPIED = 1L << 63;

    private final FileSink sink;
    private final long diskBytes;
    private final boolean zstd;
    private final long countTable;
    private final long l1Entries;
    private final TableWriter l1;
    private final ByteBuffer counts = ByteBuffer.allocate(CLUSTER_BYTES);
    private Optional<TableWriter> l2 = Optional.empty();
    private long span = -1;
    private long next;

    /// @param zstd whether there may be compressed clusters
    Qcow2Tables(long diskBytes, boolean zstd, FileSink sink) throws Exception {
        this.sink = sink;
        this.diskBytes = diskBytes;
        this.zstd = zstd;
        this.l1Entries = roundUp(roundUp(diskBytes, CLUSTER_BYTES), L2_ENTRIES);
        // Room for all that could be: the data, as many L2 tables, counts of both, and more than
        // the rest.
        long most = (roundUp(diskBytes, CLUSTER_BYTES) + 2 * l1Entries) * 2 + COUNTS;
        this.countTable = roundUp(roundUp(most, COUNTS) * Long.BYTES, CLUSTER_BYTES);
        long l1Clusters = roundUp(l1Entries * Long.BYTES, CLUSTER_BYTES);
        long first = 1 + countTable + 1;
        this.l1 = table(first, l1Clusters);
        while (next < first + l1Clusters) {
            count(next++);
        }
    }

    private static long roundUp(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private TableWriter table(long cluster, long clusters) {
        return new TableWriter(sink, cluster << CLUSTER_BITS, clusters << CLUSTER_BITS, (byte) 0);
    }

    /// Gives out a cluster, counted once.
    long allocate() throws Exception {
        if (next % COUNTS == 0) {
            flushCounts();
            count(next++);
        }
        count(next);
        return next++;
    }

    /// Whether [#count] can still be called for it.
    boolean countable(long cluster) {
        return cluster / COUNTS == (next - 1) / COUNTS;
    }

    /// Counts one use more of a cluster that was given out not long ago.
    void count(long cluster) {
        int at = (int) (cluster % COUNTS) * Short.BYTES;
        counts.putShort(at, (short) (counts.getShort(at) + 1));
    }

    private void flushCounts() throws Exception {
        sink.put(countsOffset((next - 1) / COUNTS), counts.duplicate().clear());
        for (int at = 0; at < CLUSTER_BYTES; at += Long.BYTES) {
            counts.putLong(at, 0);
        }
    }

    private long countsOffset(long block) {
        return (block == 0 ? 1 + countTable : block * COUNTS) << CLUSTER_BITS;
    }

    /// Makes sure that there is an L2 table for this cluster of the disk. Asked in ascending order.
    void enter(long cluster) throws Exception {
        if (cluster / L2_ENTRIES != span) {
            closeL2();
            span = cluster / L2_ENTRIES;
            long place = allocate();
            l1.put64(span, (place << CLUSTER_BITS) | COPIED);
            l2 = Optional.of(table(place, 1));
        }
    }

    private void closeL2() throws Exception {
        if (l2.isPresent()) {
            l2.get().close();
        }
    }

    /// Says where a cluster of the disk is, that was entered.
    void plain(long cluster, long place) throws Exception {
        packed(cluster, (place << CLUSTER_BITS) | COPIED);
    }

    /// @param entry as the format has it for a compressed cluster
    void packed(long cluster, long entry) throws Exception {
        l2.orElseThrow().put64(cluster % L2_ENTRIES, entry);
    }

    /// @return the file's length
    long finish() throws Exception {
        closeL2();
        l1.close();
        flushCounts();
        long blocks = (next - 1) / COUNTS + 1;
        TableWriter table = table(1, countTable);
        for (long block = 0; block < blocks; block++) {
            table.put64(block, countsOffset(block));
        }
        table.close();
        sink.put(0, header());
        return next << CLUSTER_BITS;
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES + 2 * Integer.BYTES);
        header.putInt(0x514649fb).putInt(3);
        header.putLong(0).putInt(0); // no backing file
        header.putInt(CLUSTER_BITS).putLong(diskBytes).putInt(0); // not encrypted
        header.putInt((int) l1Entries).putLong((2 + countTable) << CLUSTER_BITS);
        header.putLong(1L << CLUSTER_BITS).putInt((int) countTable);
        header.putInt(0).putLong(0); // no snapshots
        header.putLong(zstd ? COMPRESSION_TYPE : 0).putLong(0).putLong(0);
        header.putInt(REFCOUNT_ORDER).putInt(HEADER_BYTES);
        header.put((byte) (zstd ? 1 : 0));
        return header.clear(); // the rest, and the end of no extensions, is zero
    }
}
