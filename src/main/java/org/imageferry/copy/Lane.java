package org.imageferry.copy;

/// One of several hands that share the work on a part; used by one thread.
interface Lane extends AutoCloseable {
    /// Takes the next piece of the shared work and does it.
    ///
    /// @return false if there was none left
    boolean step() throws Exception;

    @Override
    void close();
}
