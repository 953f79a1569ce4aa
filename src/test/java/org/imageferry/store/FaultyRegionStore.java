package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A region store that fails on command: before an operation, so that nothing was done; or after it,
/// so that all was done and only the answer was lost.
public final class FaultyRegionStore implements RegionStore {
    /// Stands for the whole store where that is listed.
    public static final ObjectName WHOLE = new ObjectName("whole-store");

    /// @param name the object; of a list the folder, or [#WHOLE]
    public record Operation(Kind kind, ObjectName name) {
        public enum Kind {
            WRITE,
            READ,
            LENGTH,
            LIST,
            DELETE
        }
    }

    private final RegionStore store;
    private final Function<Operation, Optional<StoreException>> before;
    private final Function<Operation, Optional<StoreException>> after;

    public FaultyRegionStore(
            RegionStore store,
            Function<Operation, Optional<StoreException>> before,
            Function<Operation, Optional<StoreException>> after) {
        this.store = store;
        this.before = before;
        this.after = after;
    }

    public FaultyRegionStore(
            RegionStore store, Function<Operation, Optional<StoreException>> before) {
        this(store, before, _ -> Optional.empty());
    }

    @FunctionalInterface
    private interface Action<T> {
        T run() throws StoreException;
    }

    private <T> T run(Operation.Kind kind, ObjectName name, Action<T> action)
            throws StoreException {
        Operation operation = new Operation(kind, name);
        failIf(before.apply(operation));
        T result = action.run();
        failIf(after.apply(operation));
        return result;
    }

    private static void failIf(Optional<StoreException> fault) throws StoreException {
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        run(
                Operation.Kind.WRITE,
                name,
                () -> {
                    store.write(name, content);
                    return name;
                });
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        run(
                Operation.Kind.READ,
                name,
                () -> {
                    store.read(name, offset, into);
                    return name;
                });
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        return run(Operation.Kind.LENGTH, name, () -> store.length(name));
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        ObjectName folder =
                prefix.isEmpty() ? WHOLE : new ObjectName(prefix.substring(0, prefix.length() - 1));
        return run(Operation.Kind.LIST, folder, () -> store.list(prefix));
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        run(
                Operation.Kind.DELETE,
                name,
                () -> {
                    store.delete(name);
                    return name;
                });
    }
}
