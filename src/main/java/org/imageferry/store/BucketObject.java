package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.List;

/// An open object of a bucket. Any number of threads may read it.
public interface BucketObject extends AutoCloseable {
    long length();

    /// Changes whenever the bytes under the key may have changed.
    String etag();

    /// Where there is data between `from` and `to`: in order, not overlapping, clipped to both. What
    /// lies between is zero.
    List<Extent> extents(long from, long to) throws StoreException;

    /// Fills `into` from its position to its limit with the bytes from `offset`.
    ///
    /// @throws StoreException `DAMAGED` if the object ends too early
    void read(long offset, ByteBuffer into) throws StoreException;

    @Override
    void close();
}
