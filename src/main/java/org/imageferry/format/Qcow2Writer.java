package org.imageferry.format;

/// Makes a QCOW2 file without compression.
final class Qcow2Writer extends PlacedWriter {
    private final Qcow2Tables tables;

    Qcow2Writer(long diskBytes, FileSink sink) throws Exception {
        super(diskBytes, Qcow2Tables.CLUSTER_BYTES, sink);
        this.tables = new Qcow2Tables(this.diskBytes, false, sink);
    }

    @Override
    long place(long cluster) throws Exception {
        tables.enter(cluster);
        long place = tables.allocate();
        tables.plain(cluster, place);
        return place << Qcow2Tables.CLUSTER_BITS;
    }

    @Override
    public long finish() throws Exception {
        return tables.finish();
    }
}
