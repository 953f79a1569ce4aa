package org.imageferry.format;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a disk cluster by cluster, each to its place in the file. Places are given in the order of the
/// disk, so that only those of one part need be known at a time.
abstract class PlacedWriter implements ImageWriter {
    private static final int SECTOR_BYTES = 512;

    final FileSink sink;
    final long diskBytes;
    private final int clusterBytes;

    /// Of the part's clusters. Changed by [#part] only, so that lanes may read it.
    private final Map<Long, Long> places = new HashMap<>();

    private long last = -1;

    PlacedWriter(long diskBytes, int clusterBytes, FileSink sink) {
        this.diskBytes = (diskBytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        this.clusterBytes = clusterBytes;
        this.sink = sink;
    }

    /// Takes room for a cluster; asked once for each, in ascending order.
    ///
    /// @return where in the file its first byte goes
    abstract long place(long cluster) throws Exception;

    @Override
    public final void part(List<ImageFile.Stretch> data) throws Exception {
        places.keySet().removeIf(cluster -> cluster != last); // two parts may share that one
        for (ImageFile.Stretch stretch : data) {
            long end = (stretch.offset() + stretch.length() - 1) / clusterBytes;
            for (long cluster = Math.max(last + 1, stretch.offset() / clusterBytes);
                    cluster <= end;
                    cluster++) {
                places.put(cluster, place(cluster));
                last = cluster;
            }
        }
    }

    @Override
    public final void write(long offset, ByteBuffer content) throws Exception {
        ByteBuffer piece = content.duplicate();
        long at = offset;
        while (piece.position() < content.limit()) {
            long place = places.getOrDefault(at / clusterBytes, -1L);
            if (place < 0) {
                throw new IllegalArgumentException("no data was announced at " + at);
            }
            int inCluster = (int) (at % clusterBytes);
            int length = Math.min(clusterBytes - inCluster, content.limit() - piece.position());
            while (piece.position() + length < content.limit()
                    && places.getOrDefault((at + length) / clusterBytes, -1L)
                            == place + inCluster + length) {
                int more = content.limit() - piece.position() - length;
                length += Math.min(clusterBytes, more); // the next cluster goes right behind
            }
            int position = piece.position();
            sink.put(place + inCluster, piece.limit(position + length));
            piece.limit(content.limit()).position(position + length);
            at += length;
        }
    }
}
