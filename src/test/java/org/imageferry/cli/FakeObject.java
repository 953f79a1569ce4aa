package org.imageferry.cli;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An object, or what has arrived of one: a length, and extents by offset.
final class FakeObject {
    private final long length;
    private final TreeMap<Long, byte[]> extents = new TreeMap<>();

    FakeObject(long length) {
        this.length = length;
    }

    long length() {
        return length;
    }

    synchronized void put(long offset, byte[] bytes) {
        extents.put(offset, bytes);
    }

    synchronized long dataBytes() {
        return extents.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    synchronized List<Long> offsets() {
        return new ArrayList<>(extents.keySet());
    }

    synchronized byte[] range(long from, int count) {
        byte[] range = new byte[count];
        for (Map.Entry<Long, byte[]> extent : extents.entrySet()) {
            long begin = Math.max(from, extent.getKey());
            long end = Math.min(from + count, extent.getKey() + extent.getValue().length);
            if (begin < end) {
                System.arraycopy(
                        extent.getValue(),
                        (int) (begin - extent.getKey()),
                        range,
                        (int) (begin - from),
                        (int) (end - begin));
            }
        }
        return range;
    }

    synchronized byte[] all() {
        return range(0, Math.toIntExact(length));
    }

    /// What the closing call's `Sha256` must be.
    synchronized String digest() {
        int size = extents.size() * (2 * Long.BYTES + 32);
        ByteBuffer list = ByteBuffer.allocate(size);
        extents.forEach((offset, bytes) ->
                list.putLong(offset).putLong(bytes.length).put(FakeFerry.sha256(bytes)));
        return FakeFerry.hex(FakeFerry.sha256(list.array()));
    }

    synchronized void describe(ObjectNode answer, boolean digests) {
        ArrayNode list = answer.put("Length", length).put("ETag", "e").putArray("Extents");
        extents.forEach((offset, bytes) -> {
            ObjectNode extent = list.addObject().put("Offset", offset).put("Length", bytes.length);
            if (digests) {
                extent.put("Sha256", FakeFerry.hex(FakeFerry.sha256(bytes)));
            }
        });
    }
}
