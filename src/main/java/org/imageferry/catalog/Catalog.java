package org.imageferry.catalog;

import java.util.function.Function;

/// Holds the records of images, blocks and tasks.
///
/// Every implementation promises, and `CatalogContract` checks:
/// - *alone*: a [#write] sees and changes the catalog as if no other were under way;
/// - *whole or not at all*: when it throws, or the process dies, nothing of it is left;
/// - *durable*: once it returns, its changes survive a power cut;
/// - *consistent reads*: a [#read] sees one state of the catalog and delays no writer.
public interface Catalog extends AutoCloseable {
    /// Runs `work` in a transaction of its own. It may be run again, so all it does is in the tables.
    ///
    /// @throws CatalogException if the catalog itself fails, for instance because its disk is full
    <T> T write(Function<Tables, T> work);

    /// Runs `work` on one state of the catalog. It must not change anything.
    <T> T read(Function<Tables, T> work);

    @Override
    void close();
}
