package org.imageferry.store;

import java.util.Optional;
import org.imageferry.domain.ObjectKey;

/// Holds disk images on their way in and out; belongs to one account in one region.
///
/// Every implementation promises, and `BucketContract` checks:
/// - an object is seen whole or not at all; what is being written has no name yet;
/// - holes stay holes: they are neither sent nor stored, and read as zeros;
/// - an upload ([#upload]) survives a crash: what [Upload#put] accepted is there when it is resumed.
public interface Bucket {
    /// @return the object, or nothing if there is none of this name
    Optional<BucketObject> open(ObjectKey key) throws StoreException;

    /// Starts or resumes the upload of an object of `length` bytes. One of another length under the
    /// same key is thrown away first.
    Upload upload(ObjectKey key, long length) throws StoreException;

    /// Starts an object afresh, to be seen once [Upload#close] returns. It can't be resumed, so it
    /// need not pay for the durability of each extent. Any upload under the same key is thrown away.
    Upload create(ObjectKey key, long length) throws StoreException;

    /// Does nothing if there is no such object. An upload under way is thrown away too.
    void delete(ObjectKey key) throws StoreException;
}
