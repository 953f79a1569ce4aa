package org.imageferry.copy;

import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// A catalog whose callers hand control back before each transaction; inside of one nobody else acts.
///
/// @param changed told after each transaction that may have changed something
record SteeredCatalog(Catalog catalog, Scheduler scheduler, Runnable changed) implements Catalog {
    @Override
    public <T> T write(Function<Tables, T> work) {
        scheduler.pause("writes the catalog");
        try {
            return catalog.write(work);
        } finally {
            changed.run();
        }
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        scheduler.pause("reads the catalog");
        return catalog.read(work);
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        catalog.listen(listener);
    }

    @Override
    public void close() {
        throw new IllegalStateException("no node closes the catalog of its world");
    }
}
