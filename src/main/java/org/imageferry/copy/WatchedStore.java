package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// A region's store that tells the region's health when it is gone or full. That it is well again
/// is for [RegionOpener] to find out: what comes back may be another store.
public final class WatchedStore implements RegionStore {
    private final RegionStore store;
    private final RegionHealth health;

    public WatchedStore(RegionStore store, RegionHealth health) {
        this.store = store;
        this.health = health;
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        try {
            store.write(name, content);
        } catch (StoreException e) {
            throw noted(e);
        }
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        try {
            store.read(name, offset, into);
        } catch (StoreException e) {
            throw noted(e);
        }
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        try {
            return store.length(name);
        } catch (StoreException e) {
            throw noted(e);
        }
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        try {
            return store.list(prefix);
        } catch (StoreException e) {
            throw noted(e);
        }
    }

    @Override
    public int readsAtOnce() {
        return store.readsAtOnce();
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        try {
            store.delete(name);
        } catch (StoreException e) {
            throw noted(e);
        }
    }

    private StoreException noted(StoreException e) {
        String reason = String.valueOf(e.getMessage());
        switch (e.kind()) {
            case UNAVAILABLE -> health.broken(reason);
            case FULL -> health.full(reason);
            case MISSING, EXISTS, DAMAGED, FAILED -> {
                // that is about one object
            }
        }
        return e;
    }
}
