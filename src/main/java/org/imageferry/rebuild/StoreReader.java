package org.imageferry.rebuild;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Reads a store's objects, as many and as long ones as memory allows at once.
record StoreReader(RegionStore store) {
    /// An object that is missing, too long, or ends too early.
    ///
    /// @param bytes how long it is; 0 if it is missing
    record Bad(String reason, long bytes) {}

    /// What became of reading an object.
    record Read(Optional<byte[]> content, Optional<Bad> bad) {}

    /// @throws StoreException if the store or its disk fails; that is no damage, so nothing must be made of it
    Read read(ObjectName name, int mostBytes) throws StoreException {
        long length = 0;
        try {
            length = store.length(name);
            if (length > mostBytes) {
                return bad(name + " has " + length + " bytes, which none of its kind has", length);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            store.read(name, 0, bytes);
            return new Read(Optional.of(bytes.array()), Optional.empty());
        } catch (StoreException e) {
            if (!isDamage(e)) {
                throw e;
            }
            return bad(String.valueOf(e.getMessage()), length);
        }
    }

    private static Read bad(String reason, long length) {
        return new Read(Optional.empty(), Optional.of(new Bad(reason, length)));
    }

    /// Whether the object is to blame, and not its store.
    static boolean isDamage(StoreException e) {
        return e.kind() == StoreException.Kind.MISSING || e.kind() == StoreException.Kind.DAMAGED;
    }

    interface Batch<T> {
        void take(List<T> some) throws StoreException;
    }

    /// Hands out what the names below `prefix` mean, so many at once; passes over others' names.
    <T> void each(String prefix, Function<ObjectName, Optional<T>> meaning, int atOnce, Batch<T> to)
            throws StoreException {
        try (Stream<ObjectName> names = store.list(prefix)) {
            List<T> some = new ArrayList<>();
            for (Iterator<ObjectName> name = names.iterator(); name.hasNext(); ) {
                meaning.apply(name.next()).ifPresent(some::add);
                if (some.size() == atOnce) {
                    to.take(some);
                    some.clear();
                }
            }
            to.take(some);
        } catch (UncheckedIOException e) {
            throw new StoreException(StoreException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
