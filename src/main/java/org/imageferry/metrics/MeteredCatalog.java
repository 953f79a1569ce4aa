package org.imageferry.metrics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.imageferry.metrics.CatalogMeters.Kind;

/// A catalog whose every transaction is timed, and its second tries counted. What the work itself refuses is no
/// error of the catalog's.
final class MeteredCatalog implements Catalog {
    private final Catalog catalog;
    private final CatalogMeters meters;
    private final LongSupplier nanos;

    MeteredCatalog(Catalog catalog, CatalogMeters meters, LongSupplier nanos) {
        this.catalog = catalog;
        this.meters = meters;
        this.nanos = nanos;
    }

    @Override
    public <T> T write(Function<Tables, T> work) {
        return timed(Kind.write, work, catalog::write);
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        return timed(Kind.read, work, catalog::read);
    }

    private <T> T timed(
            Kind kind, Function<Tables, T> work, Function<Function<Tables, T>, T> transaction) {
        AtomicInteger runs = new AtomicInteger();
        long begin = nanos.getAsLong();
        try {
            return transaction.apply(tables -> {
                runs.incrementAndGet();
                return work.apply(tables);
            });
        } catch (CatalogException e) {
            meters.failed(kind);
            throw e;
        } finally {
            meters.took(kind, nanos.getAsLong() - begin, runs.get());
        }
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        catalog.listen(listener);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
