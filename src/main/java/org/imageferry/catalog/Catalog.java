package org.imageferry.catalog;

import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.domain.RegionId;

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
    /// @throws CatalogException if the catalog itself fails, for instance because its disk is full. Then
    ///     nothing was changed, unless it says [CatalogException#outcomeUnknown]
    <T> T write(Function<Tables, T> work);

    /// Runs `work` on one state of the catalog. It must not change anything.
    <T> T read(Function<Tables, T> work);

    /// Has `listener` told, from now on, of each region whose workers may find something to do: a task
    /// was added, started or ended there, a record is to be written, or a part ails. It is told after the commit, by
    /// any thread and perhaps twice, and must not throw. A hint, and no promise: who dies between commit and
    /// telling tells nobody, so workers also look by themselves from time to time.
    void listen(Consumer<RegionId> listener);

    @Override
    void close();
}
