package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

/// Keeps the immutable objects of one region, each written once under its own name.
///
/// Every implementation promises, and `RegionStoreContract` checks:
/// - *whole or absent*: nobody sees part of an object, not even after a crash;
/// - *durable*: once [#write] returns, the object survives a power cut;
/// - *read your writes*: from then on [#read], [#length] and [#list] find it;
/// - *written once*: a second write under a name changes nothing: equal bytes are a success (a
///   retried write), others are refused; any number of threads may call;
/// - *a missing store is not an empty one*: when the store itself is gone, every call fails
///   `UNAVAILABLE`, and nothing is made anew in its place.
public interface RegionStore {
    /// @param content from its position to its limit; left as it was
    /// @throws StoreException `EXISTS` if the name is taken by other bytes, `FULL` if the reserve of
    ///     free space would be touched, which is there for objects of at most 4 KiB
    void write(ObjectName name, ByteBuffer content) throws StoreException;

    /// Fills `into` from its position to its limit with the object's bytes from `offset`.
    ///
    /// @throws StoreException `MISSING` if there is no such object, `DAMAGED` if it ends too early
    void read(ObjectName name, long offset, ByteBuffer into) throws StoreException;

    /// @throws StoreException `MISSING` if there is no such object
    long length(ObjectName name) throws StoreException;

    /// All objects whose names begin with `prefix`, which is empty or ends with `/`, in no order.
    /// The caller closes the stream. What is written or deleted meanwhile may or may not be found. A
    /// fault met while the stream is read ends it with an [java.io.UncheckedIOException].
    Stream<ObjectName> list(String prefix) throws StoreException;

    /// Does nothing if there is no such object.
    void delete(ObjectName name) throws StoreException;

    /// How many reads of a few MiB a reader does well to have under way, so that it does not wait for answers
    /// that take their time: 1 where they do not.
    default int readsAtOnce() {
        return 1;
    }
}
