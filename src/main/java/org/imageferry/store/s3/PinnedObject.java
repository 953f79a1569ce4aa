package org.imageferry.store.s3;

import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Extent;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// An object as it was when it was opened. Once another is put in its place its bytes are gone, and
/// every read fails.
final class PinnedObject implements BucketObject {
    private final S3Objects objects;
    private final ParallelReads reads;
    private final String name;
    private final long length;
    private final String etag;

    PinnedObject(S3Objects objects, ParallelReads reads, String name, long length, String etag) {
        this.objects = objects;
        this.reads = reads;
        this.name = name;
        this.length = length;
        this.etag = etag;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String etag() {
        return etag;
    }

    /// All of it: S3 does not tell where there are zeros.
    @Override
    public List<Extent> extents(long from, long to) {
        long end = Math.min(to, length);
        return from < end ? List.of(new Extent(from, end - from)) : List.of();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws StoreException {
        if (offset > length - into.remaining()) {
            throw new StoreException(
                    Kind.DAMAGED,
                    "cannot read %d bytes at %d of %s: it ends at byte %d"
                            .formatted(into.remaining(), offset, name, length));
        }
        if (into.hasRemaining()) {
            reads.read(offset, into, (at, piece) -> objects.read(name, etag, at, piece));
        }
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
