package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.paced.Pace;

/// A region's store as a node sees it: each part takes the time in which its bytes pass the node's link and the
/// store's. They are few in truth; the time of all is spent with the part's last object, its manifest, when the
/// memory of its segments is free again.
///
/// @param partBytes as many as a part is taken to bring
/// @param fixed what a part takes besides
record FarStore(
        RegionStore store,
        VirtualTime time,
        Pace ofStore,
        Pace ofNode,
        long partBytes,
        Duration fixed)
        implements RegionStore {
    private static final String MANIFESTS = StoreLayout.MANIFESTS;

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        if (name.value().startsWith(MANIFESTS)) {
            long now = Duration.between(Instant.EPOCH, time.mine()).toNanos();
            long wait = Math.max(ofStore.grant(partBytes, now), ofNode.grant(partBytes, now));
            time.owe(fixed.plusNanos(wait));
            time.settle();
        }
        store.write(name, content);
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        store.read(name, offset, into);
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
    public void delete(ObjectName name) throws StoreException {
        store.delete(name);
    }
}
