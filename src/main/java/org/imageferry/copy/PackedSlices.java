package org.imageferry.copy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.PageCutter;
import org.imageferry.format.FileSink;
import org.imageferry.format.Qcow2Packer;

/// Writes a disk as a compressed QCOW2. Clusters are compressed whole and in order, while blocks are
/// read as they lie in the store: so the disk is put together in memory, a slice at a time.
final class PackedSlices {
    private static final int CLUSTER_BYTES = Qcow2Packer.CLUSTER_BYTES;

    /// Clusters in a slice: 8 MiB.
    static final int USUAL_CLUSTERS = 128;

    private final Workshop shop;
    private final Qcow2Packer packer;
    private final Lease lease;

    /// A slice, and room for the end of a block that begins in it.
    private final byte[] slice;

    private final int sliceClusters;
    private final int sliceBytes;

    /// The clusters of the slice that have data.
    private BitSet touched = new BitSet();

    /// @param sliceClusters at least 1
    PackedSlices(Workshop shop, int sliceClusters, long diskBytes, FileSink sink, Lease lease)
            throws Exception {
        this.shop = shop;
        this.sliceClusters = sliceClusters;
        this.sliceBytes = sliceClusters * CLUSTER_BYTES;
        this.slice = new byte[sliceBytes + PageCutter.MOST_BYTES];
        this.packer = new Qcow2Packer(diskBytes, sink);
        this.lease = lease;
    }

    /// Takes the parts of the disk in order.
    ///
    /// @param start where the part begins on the disk
    void part(long start, Manifest manifest, PartReader reader) throws Exception {
        int next = 0;
        long from = 0;
        while (next < manifest.size() || !touched.isEmpty()) {
            List<Manifest.Entry> blocks = new ArrayList<>();
            while (next < manifest.size() && offset(manifest.entry(next)) < from + sliceBytes) {
                blocks.add(manifest.entry(next++));
            }
            read(from, blocks, reader);
            pack(start + from);
            from += sliceBytes;
        }
    }

    private static long offset(Manifest.Entry block) {
        return (long) block.page() * PageCutter.PAGE_BYTES;
    }

    private void read(long from, List<Manifest.Entry> blocks, PartReader reader) throws Exception {
        for (Manifest.Entry block : blocks) {
            int begin = (int) (offset(block) - from);
            int last = (begin + block.length() - 1) / CLUSTER_BYTES;
            touched.set(begin / CLUSTER_BYTES, last + 1);
        }
        if (!blocks.isEmpty()) {
            reader.read(
                    new Manifest(blocks),
                    (page, content, _) -> {
                        int begin = (int) ((long) page * PageCutter.PAGE_BYTES - from);
                        content.get(slice, begin, content.remaining());
                    },
                    lease);
        }
    }

    /// Compresses the slice on all lanes, appends it, and makes what is over the next one's beginning.
    private void pack(long start) throws Exception {
        int[] clusters = touched.get(0, sliceClusters).stream().toArray();
        byte[][] packed = new byte[clusters.length][];
        AtomicInteger next = new AtomicInteger();
        shop.lanes().run(() -> new Packing(clusters, packed, next));
        for (int i = 0; i < clusters.length; i++) {
            packer.append(start / CLUSTER_BYTES + clusters[i], packed[i]);
        }
        touched = touched.get(sliceClusters, slice.length / CLUSTER_BYTES);
        System.arraycopy(slice, sliceBytes, slice, 0, PageCutter.MOST_BYTES);
        Arrays.fill(slice, PageCutter.MOST_BYTES, slice.length, (byte) 0);
    }

    private final class Packing implements Lane {
        private final int[] clusters;
        private final byte[][] packed;
        private final AtomicInteger next;

        Packing(int[] clusters, byte[][] packed, AtomicInteger next) {
            this.clusters = clusters;
            this.packed = packed;
            this.next = next;
        }

        @Override
        public boolean step() {
            int mine = next.getAndIncrement();
            if (mine >= clusters.length) {
                return false;
            }
            int begin = clusters[mine] * CLUSTER_BYTES;
            packed[mine] =
                    Qcow2Packer.packed(Arrays.copyOfRange(slice, begin, begin + CLUSTER_BYTES));
            return true;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /// @return the file's length
    long finish() throws Exception {
        return packer.finish();
    }
}
