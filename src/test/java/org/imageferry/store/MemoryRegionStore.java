package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.imageferry.store.StoreException.Kind;

/// A region store in memory, which counts what is done to it and can be made to rot or vanish.
public final class MemoryRegionStore implements RegionStore {
    private final Map<ObjectName, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();
    private volatile boolean vanished;

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        requireThere();
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        byte[] before = objects.putIfAbsent(name, bytes);
        if (before != null && !Arrays.equals(before, bytes)) {
            throw new StoreException(Kind.EXISTS, name + " is there with other bytes");
        }
        writes.incrementAndGet();
        bytesWritten.addAndGet(bytes.length);
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        byte[] bytes = require(name);
        int count = into.remaining();
        if (offset > bytes.length - count) {
            throw new StoreException(
                    Kind.DAMAGED, name + " has no %d bytes at %d".formatted(count, offset));
        }
        into.put(bytes, Math.toIntExact(offset), count);
        reads.incrementAndGet();
        bytesRead.addAndGet(count);
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        return require(name).length;
    }

    @Override
    public Stream<ObjectName> list(String prefix) throws StoreException {
        if (!prefix.isEmpty() && !(prefix.endsWith("/") && ObjectName.isOne(prefix + "x"))) {
            throw new IllegalArgumentException("not a prefix of object names: " + prefix);
        }
        requireThere();
        return objects.keySet().stream().filter(name -> name.value().startsWith(prefix));
    }

    @Override
    public void delete(ObjectName name) throws StoreException {
        requireThere();
        objects.remove(name);
    }

    private byte[] require(ObjectName name) throws StoreException {
        requireThere();
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new StoreException(Kind.MISSING, "there is no object " + name + " in memory");
        }
        return bytes;
    }

    private void requireThere() throws StoreException {
        if (vanished) {
            throw new StoreException(Kind.UNAVAILABLE, "the store in memory has vanished");
        }
    }

    /// How many reads succeeded.
    public long reads() {
        return reads.get();
    }

    public long bytesRead() {
        return bytesRead.get();
    }

    /// How many writes succeeded, of the same bytes again too.
    public long writes() {
        return writes.get();
    }

    public long bytesWritten() {
        return bytesWritten.get();
    }

    /// The names of all objects, also when the store has vanished.
    public Set<ObjectName> objects() {
        return Set.copyOf(objects.keySet());
    }

    /// Flips one bit of an object that is there.
    ///
    /// @param bitIndex counts from the first byte's least significant bit
    public void corrupt(ObjectName name, int bitIndex) {
        byte[] changed =
                objects.computeIfPresent(
                        name,
                        (_, bytes) -> {
                            byte[] copy = bytes.clone();
                            copy[bitIndex / Byte.SIZE] ^= (byte) (1 << (bitIndex % Byte.SIZE));
                            return copy;
                        });
        if (changed == null) {
            throw new IllegalArgumentException("there is no object " + name + " to corrupt");
        }
    }

    /// From now on every call fails `UNAVAILABLE`.
    public void vanish() {
        vanished = true;
    }

    /// The store is there again, with all that it had.
    public void comeBack() {
        vanished = false;
    }
}
