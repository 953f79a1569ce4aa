package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.store.StoreException.Kind;

/// Scratch files in memory. May be made full.
public final class MemoryScratch implements Scratch {
    private static final int MOST_BYTES = 64 << 20;

    private final Map<String, ScratchFile> files = new ConcurrentHashMap<>();

    /// No more bytes are taken from now on.
    private boolean full;

    /// Whether there is room from now on.
    public void full(boolean now) {
        full = now;
    }

    @Override
    public Draft draft(String name) {
        return new MemoryDraft(name);
    }

    @Override
    public Optional<BucketObject> open(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    private final class MemoryDraft implements Draft {
        private final String name;
        private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);

        private MemoryDraft(String name) {
            this.name = name;
        }

        @Override
        public void put(long offset, ByteBuffer content) throws StoreException {
            if (full) {
                throw new StoreException(Kind.FULL, "no room for " + name);
            }
            bytes.put((int) offset, content, content.position(), content.remaining());
        }

        @Override
        public void finish(long length) {
            byte[] file = new byte[(int) length];
            bytes.get(0, file);
            files.put(name, new ScratchFile(ByteBuffer.wrap(file)));
        }

        @Override
        public void close() {
            // what was not finished is nobody's
        }
    }

    private record ScratchFile(ByteBuffer bytes) implements BucketObject {
        @Override
        public long length() {
            return bytes.capacity();
        }

        @Override
        public String etag() {
            return "scratch";
        }

        @Override
        public List<Extent> extents(long from, long to) {
            long end = Math.min(to, length());
            return from < end ? List.of(new Extent(from, end - from)) : List.of();
        }

        @Override
        public void read(long offset, ByteBuffer into) throws StoreException {
            if (offset > length() - into.remaining()) {
                throw new StoreException(Kind.DAMAGED, "the file ends before");
            }
            into.put(bytes.slice((int) offset, into.remaining()));
        }

        @Override
        public void close() {
            // there is nothing to let go of
        }
    }
}
