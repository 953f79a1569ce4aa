package org.imageferry.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// A region's store whose callers hand control back before each operation, and that meets accidents.
///
/// @param removed told after each deletion
record SteeredStore(
        String name, RegionStore store, Scheduler scheduler, Accidents accidents, Runnable removed)
        implements RegionStore {
    @FunctionalInterface
    private interface Operation<T> {
        T run() throws StoreException;
    }

    private <T> T run(String what, boolean space, Operation<T> operation) throws StoreException {
        scheduler.pause(what);
        accidents.mayHappen(name, what, space);
        T result = operation.run();
        accidents.mayHappen(name, "after it was done, " + what, false);
        return result;
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        run(
                "write " + name,
                true,
                () -> {
                    store.write(name, content);
                    return name;
                });
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        run(
                "read " + name,
                false,
                () -> {
                    store.read(name, offset, into);
                    return name;
                });
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        return run("length " + name, false, () -> store.length(name));
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        return run("list " + prefix, false, () -> store.list(prefix))
                .peek(_ -> mayBreakOff(prefix));
    }

    /// A list that was begun may fail while it is read.
    private void mayBreakOff(String prefix) {
        try {
            accidents.mayHappen(name, "reading the list of " + prefix, false);
        } catch (StoreException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        run(
                "delete " + name,
                false,
                () -> {
                    store.delete(name);
                    removed.run();
                    return name;
                });
    }
}
