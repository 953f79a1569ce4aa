package org.imageferry.server;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;

/// Buckets that leave a reserve of their disk free: what is uploaded must not take the room that the
/// catalog needs to go on.
final class SparingBuckets implements Buckets {
    private final Buckets buckets;
    private final Path disk;
    private final long reserveBytes;

    /// @param disk any folder on the disk that the buckets are on
    SparingBuckets(Buckets buckets, Path disk, long reserveBytes) {
        this.buckets = buckets;
        this.disk = disk;
        this.reserveBytes = reserveBytes;
    }

    @Override
    public Optional<Bucket> find(AccountId account, RegionId region, BucketName name) {
        return buckets.find(account, region, name).map(Sparing::new);
    }

    private void requireRoom(ObjectKey key, int bytes) throws StoreException {
        long free = disk.toFile().getUsableSpace();
        if (free - bytes < reserveBytes) {
            throw new StoreException(
                    StoreException.Kind.FULL,
                    "cannot put %d bytes into object %s in %s (%d bytes are free, %d must stay so): make room on its disk"
                            .formatted(bytes, key, disk, free, reserveBytes));
        }
    }

    private final class Sparing implements Bucket {
        private final Bucket bucket;

        private Sparing(Bucket bucket) {
            this.bucket = bucket;
        }

        @Override
        public Optional<BucketObject> open(ObjectKey key) throws StoreException {
            return bucket.open(key);
        }

        @Override
        public Upload upload(ObjectKey key, long length) throws StoreException {
            return new SparingUpload(key, bucket.upload(key, length));
        }

        @Override
        public Upload create(ObjectKey key, long length) throws StoreException {
            return new SparingUpload(key, bucket.create(key, length));
        }

        @Override
        public void delete(ObjectKey key) throws StoreException {
            bucket.delete(key);
        }
    }

    private final class SparingUpload implements Upload {
        private final ObjectKey key;
        private final Upload upload;

        private SparingUpload(ObjectKey key, Upload upload) {
            this.key = key;
            this.upload = upload;
        }

        @Override
        public void put(long offset, ByteBuffer content, Digest digest) throws StoreException {
            requireRoom(key, content.remaining());
            upload.put(offset, content, digest);
        }

        @Override
        public List<Arrived> arrived() throws StoreException {
            return upload.arrived();
        }

        @Override
        public <E extends Exception> void settle(Beat<E> beat) throws StoreException, E {
            upload.settle(beat);
        }

        @Override
        public void close() throws StoreException {
            upload.close();
        }

        @Override
        public void discard() throws StoreException {
            upload.discard();
        }
    }
}
