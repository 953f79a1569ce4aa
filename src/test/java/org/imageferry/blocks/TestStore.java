package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// A region store in memory that counts what it is asked, and whose objects a test may spoil.
final class TestStore implements RegionStore {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger listed = new AtomicInteger();
    private final Map<ObjectName, byte[]> objects = new ConcurrentHashMap<>();

    /// Puts bytes in place, whatever was there.
    void put(ObjectName name, byte[] content) {
        objects.put(name, content.clone());
    }

    @Override
    public void write(ObjectName name, ByteBuffer content) throws StoreException {
        byte[] bytes = TestData.bytes(content);
        byte[] before = objects.putIfAbsent(name, bytes);
        if (before != null && !Arrays.equals(before, bytes)) {
            throw new StoreException(StoreException.Kind.EXISTS, name + " is taken");
        }
    }

    @Override
    public void read(ObjectName name, long offset, ByteBuffer into) throws StoreException {
        reads.incrementAndGet();
        byte[] bytes = find(name);
        if (offset + into.remaining() > bytes.length) {
            throw new StoreException(StoreException.Kind.DAMAGED, name + " ends too early");
        }
        into.put(bytes, (int) offset, into.remaining());
    }

    @Override
    public long length(ObjectName name) throws StoreException {
        return find(name).length;
    }

    @Override
    public Stream<ObjectName> list(String prefix) {
        return objects.keySet().stream()
                .filter(name -> name.value().startsWith(prefix))
                .peek(_ -> listed.incrementAndGet());
    }

    @Override
    public void delete(ObjectName name) {
        objects.remove(name);
    }

    private byte[] find(ObjectName name) throws StoreException {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new StoreException(StoreException.Kind.MISSING, name + " is missing");
        }
        return bytes;
    }
}
