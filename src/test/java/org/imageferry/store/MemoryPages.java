package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// The bytes of an object, in pages as a file system has them; what was never written is a hole.
final class MemoryPages {
    private static final int PAGE_BYTES = 4096;

    private final long length;
    private final ConcurrentSkipListMap<Long, byte[]> pages = new ConcurrentSkipListMap<>();

    MemoryPages(long length) {
        this.length = length;
    }

    long length() {
        return length;
    }

    void write(long offset, ByteBuffer content) {
        for (long at = offset; content.hasRemaining(); ) {
            byte[] page = pages.computeIfAbsent(at / PAGE_BYTES, _ -> new byte[PAGE_BYTES]);
            int start = (int) (at % PAGE_BYTES);
            int count = Math.min(PAGE_BYTES - start, content.remaining());
            content.get(page, start, count);
            at += count;
        }
    }

    void read(long offset, ByteBuffer into) {
        byte[] zeros = new byte[PAGE_BYTES];
        for (long at = offset; into.hasRemaining(); ) {
            byte[] page = pages.getOrDefault(at / PAGE_BYTES, zeros);
            int start = (int) (at % PAGE_BYTES);
            int count = Math.min(PAGE_BYTES - start, into.remaining());
            into.put(page, start, count);
            at += count;
        }
    }

    List<Extent> extents(long from, long to) {
        long end = Math.min(to, length);
        List<Extent> extents = new ArrayList<>();
        if (from >= end) {
            return extents;
        }
        Map<Long, byte[]> touched =
                pages.subMap(from / PAGE_BYTES, true, (end - 1) / PAGE_BYTES, true);
        for (long page : touched.keySet()) {
            long start = Math.max(from, page * PAGE_BYTES);
            Extent extent = new Extent(start, Math.min(end, (page + 1) * PAGE_BYTES) - start);
            if (!extents.isEmpty() && extents.getLast().end() == start) {
                Extent last = extents.removeLast();
                extent = new Extent(last.offset(), last.length() + extent.length());
            }
            extents.add(extent);
        }
        return extents;
    }
}
