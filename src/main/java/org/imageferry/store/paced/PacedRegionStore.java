package org.imageferry.store.paced;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Timing;

/// A region's store that is read and written no faster than its pace, both together.
public final class PacedRegionStore implements RegionStore {
    private final RegionStore store;
    private final Pace pace;
    private final Timing timing;

    public PacedRegionStore(RegionStore store, Pace pace, Timing timing) {
        this.store = store;
        this.pace = pace;
        this.timing = timing;
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        await("write " + name, content.remaining());
        store.write(name, content);
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        await("read " + name, into.remaining());
        store.read(name, offset, into);
    }

    private void await(String what, int bytes) throws StoreException {
        try {
            long wait = pace.grant(bytes, timing.nanos());
            if (wait > 0) {
                timing.rest(Duration.ofNanos(wait));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    Kind.FAILED, "cannot " + what + " (the thread was interrupted): try again", e);
        }
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        return store.length(name);
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        return store.list(prefix);
    }

    @Override
    public int readsAtOnce() {
        return store.readsAtOnce();
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        store.delete(name);
    }
}
