package org.imageferry.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// An image file in memory, which knows its holes as a file system does: in pages of 4 KiB.
final class MemoryFile implements ImageFile {
    private static final int PAGE_BYTES = 4096;

    private final byte[] bytes;

    MemoryFile(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public List<Stretch> data(long from, long to) {
        List<Stretch> data = new ArrayList<>();
        long end = Math.min(to, bytes.length);
        for (long at = from; at < end; ) {
            long next = Math.min(end, (at / PAGE_BYTES + 1) * PAGE_BYTES);
            if (!isZero((int) at, (int) next)) {
                data.add(new Stretch(at, next - at));
            }
            at = next;
        }
        return data;
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        into.put(bytes, Math.toIntExact(offset), into.remaining());
    }
}
