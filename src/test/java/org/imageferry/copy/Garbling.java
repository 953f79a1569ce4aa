package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// A store that keeps other bytes than it was given.
///
/// @param when asked before each write
record Garbling(RegionStore store, BooleanSupplier when) implements RegionStore {
    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        if (when.getAsBoolean()) {
            ByteBuffer other = ByteBuffer.allocate(content.remaining()).put(content).flip();
            other.put(0, (byte) ~other.get(0));
            store.write(name, other);
        } else {
            store.write(name, content);
        }
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
