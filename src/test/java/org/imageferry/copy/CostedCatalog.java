package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// A catalog whose transactions take time: so long as is assumed, on one of the database's processors, of which
/// only so many are there. It counts them.
final class CostedCatalog implements Catalog {
    /// @param read takes so long
    /// @param region takes so long beyond the first in a look at several
    /// @param write takes so long, with its commit
    /// @param processors so many transactions at a time
    record Costs(Duration read, Duration region, Duration write, int processors) {}

    private final Catalog catalog;
    private final VirtualTime time;
    private final Costs costs;
    private final PriorityQueue<Instant> free = new PriorityQueue<>(Comparator.naturalOrder());
    private Duration busy = Duration.ZERO;
    private Duration waited = Duration.ZERO;
    private long reads;
    private long writes;

    CostedCatalog(Catalog catalog, VirtualTime time, Costs costs) {
        this.catalog = catalog;
        this.time = time;
        this.costs = costs;
        for (int i = 0; i < costs.processors(); i++) {
            free.add(Instant.MIN);
        }
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        reads++;
        serve(costs.read());
        return catalog.read(work);
    }

    /// A read that looks for what is to be done in several regions.
    <T> T look(int regions, Function<Tables, T> work) {
        reads++;
        serve(costs.read().plus(costs.region().multipliedBy(regions - 1)));
        return catalog.read(work);
    }

    @Override
    public <T> T write(Function<Tables, T> work) {
        writes++;
        serve(costs.write());
        time.settle();
        return catalog.write(work);
    }

    /// Who comes waits for the first processor that is free.
    private void serve(Duration cost) {
        if (!time.acting()) {
            return; // what comes before the beginning takes no time
        }
        time.settle(); // who comes later is not to take a processor from who comes now
        Instant came = time.mine();
        Instant first = free.remove();
        Instant begins = first.isAfter(came) ? first : came;
        free.add(begins.plus(cost));
        busy = busy.plus(cost);
        Duration wait = Duration.between(came, begins);
        waited = waited.plus(wait);
        time.owe(wait.plus(cost));
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        catalog.listen(listener);
    }

    long reads() {
        return reads;
    }

    long writes() {
        return writes;
    }

    /// Of all processors together.
    Duration busy() {
        return busy;
    }

    /// For a processor, all transactions together.
    Duration waited() {
        return waited;
    }

    @Override
    public void close() {
        throw new IllegalStateException("no node closes the fleet's catalog");
    }
}
