package org.imageferry.metrics;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.imageferry.domain.RegionId;
import org.imageferry.metrics.StoreMeters.Operation;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// A region's store whose every operation is timed and counted. Of a list, only the time until it begins.
final class MeteredRegionStore implements RegionStore {
    private final RegionStore store;
    private final RegionId region;
    private final StoreMeters meters;
    private final LongSupplier nanos;

    MeteredRegionStore(RegionStore store, RegionId region, StoreMeters meters, LongSupplier nanos) {
        this.store = store;
        this.region = region;
        this.meters = meters;
        this.nanos = nanos;
    }

    private interface Work<T> {
        T run() throws StoreException;
    }

    private <T> T timed(Operation operation, Work<T> work) throws StoreException {
        long begin = nanos.getAsLong();
        try {
            return work.run();
        } catch (StoreException e) {
            meters.failed(region, operation, e.kind());
            throw e;
        } finally {
            meters.took(region, operation, nanos.getAsLong() - begin);
        }
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        int bytes = content.remaining();
        timed(
                Operation.WRITE,
                () -> {
                    store.write(name, content);
                    meters.wrote(region, bytes);
                    return name;
                });
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        int bytes = into.remaining();
        timed(
                Operation.READ,
                () -> {
                    store.read(name, offset, into);
                    meters.read(region, bytes);
                    return name;
                });
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        return timed(Operation.LENGTH, () -> store.length(name));
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        return timed(Operation.LIST, () -> store.list(prefix));
    }

    @Override
    public int readsAtOnce() {
        return store.readsAtOnce();
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        timed(
                Operation.DELETE,
                () -> {
                    store.delete(name);
                    return name;
                });
    }
}
