package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.domain.Digest;

/// An object on its way into a bucket. Extents may come in any order, from any number of threads.
public interface Upload {
    /// An extent that has arrived.
    record Arrived(Extent extent, Digest digest) {}

    /// Keeps an extent; durable once it returns. One that arrived before is replaced.
    ///
    /// @param content from its position to its limit
    void put(long offset, ByteBuffer content, Digest digest) throws StoreException;

    /// What has arrived so far, by offset.
    List<Arrived> arrived() throws StoreException;

    /// Makes the object visible, whole and durable, in place of any other under its key. Where
    /// nothing arrived there is a hole.
    void close() throws StoreException;

    /// Throws away what has arrived.
    void discard() throws StoreException;
}
