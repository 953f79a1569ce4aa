package org.imageferry.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.StoreException.Kind;

/// A bucket in memory. It keeps no holes, so a large image of little data is cheap.
public final class MemoryBucket implements Bucket {
    private final Map<ObjectKey, Stored> objects = new ConcurrentHashMap<>();
    private final Map<ObjectKey, MemoryUpload> uploads = new ConcurrentHashMap<>();

    /// Guarded by this.
    private long versions;

    private record Stored(MemoryPages pages, String etag) implements BucketObject {
        @Override
        public long length() {
            return pages.length();
        }

        @Override
        public List<Extent> extents(long from, long to) {
            return pages.extents(from, to);
        }

        @Override
        public void read(long offset, ByteBuffer into) throws StoreException {
            if (offset > length() - into.remaining()) {
                throw new StoreException(
                        Kind.DAMAGED, "the object ends at byte %d already".formatted(length()));
            }
            pages.read(offset, into);
        }

        @Override
        public void close() {
            // there is nothing to let go of
        }
    }

    @Override
    public Optional<BucketObject> open(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public synchronized Upload upload(ObjectKey key, long length) throws StoreException {
        MemoryUpload upload = uploads.get(key);
        return upload != null && upload.resumable && upload.pages.length() == length
                ? upload
                : begin(key, length, true);
    }

    @Override
    public synchronized Upload create(ObjectKey key, long length) throws StoreException {
        return begin(key, length, false);
    }

    private Upload begin(ObjectKey key, long length, boolean resumable) throws StoreException {
        if (length < 0) {
            throw new RefusedException(new Refusal.UploadMismatch(key, "less than no bytes"));
        }
        requireNoneOf(key, other -> other.startsWith(key + "/"));
        requireNoneOf(key, other -> key.value().startsWith(other + "/"));
        MemoryUpload upload = new MemoryUpload(key, new MemoryPages(length), resumable);
        uploads.put(key, upload);
        return upload;
    }

    /// As strict as a folder: a name is an object's or a folder's.
    private void requireNoneOf(ObjectKey key, Predicate<String> inTheWay) throws StoreException {
        if (objects.keySet().stream().map(ObjectKey::value).anyMatch(inTheWay)) {
            throw new StoreException(Kind.FAILED, "another object is in the way of " + key);
        }
    }

    @Override
    public synchronized void delete(ObjectKey key) {
        objects.remove(key);
        uploads.remove(key);
    }

    private final class MemoryUpload implements Upload {
        private final ObjectKey key;
        private final MemoryPages pages;
        private final boolean resumable;
        private final TreeMap<Long, Arrived> arrived = new TreeMap<>();

        private MemoryUpload(ObjectKey key, MemoryPages pages, boolean resumable) {
            this.key = key;
            this.pages = pages;
            this.resumable = resumable;
        }

        @Override
        public void put(long offset, ByteBuffer content, Digest digest) throws StoreException {
            synchronized (MemoryBucket.this) {
                requireUnderWay();
                int bytes = content.remaining();
                if (offset < 0 || offset > pages.length() - bytes) {
                    throw new RefusedException(
                            new Refusal.UploadMismatch(key, bytes + " bytes at " + offset));
                }
                if (bytes > 0) {
                    Extent extent = new Extent(offset, bytes);
                    arrived.values().removeIf(other -> overlap(other.extent(), extent));
                    arrived.put(offset, new Arrived(extent, digest));
                    pages.write(offset, content.duplicate());
                }
            }
        }

        private static boolean overlap(Extent one, Extent other) {
            return one.offset() < other.end() && other.offset() < one.end();
        }

        @Override
        public List<Arrived> arrived() throws StoreException {
            synchronized (MemoryBucket.this) {
                requireUnderWay();
                return List.copyOf(arrived.values());
            }
        }

        @Override
        public void close() throws StoreException {
            synchronized (MemoryBucket.this) {
                requireUnderWay();
                uploads.remove(key);
                objects.put(key, new Stored(pages, "version-" + versions++));
            }
        }

        @Override
        public void discard() {
            synchronized (MemoryBucket.this) {
                uploads.remove(key, this);
            }
        }

        private void requireUnderWay() throws StoreException {
            if (uploads.get(key) != this) {
                throw new StoreException(
                        Kind.MISSING, "there is no such upload of " + key + " under way");
            }
        }
    }
}
