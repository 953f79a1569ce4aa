package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.domain.Digest;
import org.imageferry.domain.RefusedException;

/// An object on its way into a bucket. Extents may come in any order, from any number of threads.
///
/// Once it is closed, thrown away, or another upload of the key took its place, every call fails
/// `MISSING`; only [#discard] then does nothing. (An upload made afresh may notice another one as
/// late as [#close].)
public interface Upload {
    /// An extent that has arrived.
    record Arrived(Extent extent, Digest digest) {}

    /// What keeps somebody alive who waits.
    ///
    /// @param <E> how it tells that waiting is no use any more
    interface Beat<E extends Exception> {
        void run() throws E;
    }

    /// Keeps an extent. What it overlaps is replaced, and no longer counts as arrived. Of a
    /// resumable upload ([Bucket#upload]) it is durable once this returns, of one made afresh
    /// ([Bucket#create]) once [#close] does.
    ///
    /// @param content from its position to its limit; left as it was
    /// @param digest the content's SHA-256; it is kept, not checked
    /// @throws RefusedException [Refusal.UploadMismatch] if it reaches beyond the object's length
    void put(long offset, ByteBuffer content, Digest digest) throws StoreException;

    /// What has arrived so far, by offset. No two overlap.
    List<Arrived> arrived() throws StoreException;

    /// Does what takes long of [#close] beforehand. Nothing more is put then.
    ///
    /// @param beat is run now and then meanwhile, by the calling thread; what it throws ends this
    default <E extends Exception> void settle(Beat<E> beat) throws StoreException, E {
        // most have nothing to do that takes long
    }

    /// Makes the object visible, whole and durable, in place of any other under its key. Where
    /// nothing arrived there is a hole.
    void close() throws StoreException;

    /// Throws away what has arrived.
    void discard() throws StoreException;
}
