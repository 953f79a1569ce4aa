package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/// Room on this machine for files that can be made anew: they need not survive a crash. Any number of
/// threads may call.
public interface Scratch {
    /// A file that is being made, and is seen once it is finished.
    interface Draft extends AutoCloseable {
        /// @throws StoreException `FULL` if there is no room, or not enough would be left
        void put(long offset, ByteBuffer content) throws StoreException;

        /// Makes the file visible, with holes where nothing was put.
        ///
        /// @param length no less than what was put
        void finish(long length) throws StoreException;

        /// Throws away what was not finished.
        @Override
        void close() throws StoreException;
    }

    /// Begins a file, in place of any of this name.
    ///
    /// @param name lower-case letters, digits and `-`
    Draft draft(String name) throws StoreException;

    /// @return the file, or nothing if there is none of this name
    Optional<BucketObject> open(String name) throws StoreException;

    /// The names of all files that are finished.
    Set<String> names() throws StoreException;

    /// Does nothing if there is no such file.
    void delete(String name) throws StoreException;
}
