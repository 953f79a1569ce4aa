package org.imageferry.store.s3;

import java.util.Optional;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;

/// An account's disk images, below a prefix.
final class S3Bucket implements Bucket {
    private final S3Connection connection;
    private final S3Place place;
    private final S3Objects objects;
    private final ParallelReads reads;
    private final S3Buckets.Sending sending;

    S3Bucket(
            S3Connection connection,
            S3Place place,
            ParallelReads reads,
            S3Buckets.Sending sending) {
        this.connection = connection;
        this.place = place;
        this.objects = new S3Objects(connection, place);
        this.reads = reads;
        this.sending = sending;
    }

    @Override
    public Optional<BucketObject> open(ObjectKey key) throws StoreException {
        return objects.head(key.value())
                .map(found ->
                        new PinnedObject(
                                objects, reads, key.value(), found.contentLength(), found.eTag()));
    }

    /// Never: an extent that has arrived must be kept though the process dies, and S3 keeps neither small
    /// ones nor those between holes. Any tool that speaks S3 can put the object there.
    @Override
    public Upload upload(ObjectKey key, long length) {
        throw new RefusedException(
                new Refusal.UploadMismatch(
                        key,
                        "Disk images of this region are in object storage: put the file to s3://%s/%s with any tool that speaks S3, then import it."
                                .formatted(place.bucket(), place.key(key.value()))));
    }

    @Override
    public Upload create(ObjectKey key, long length) throws StoreException {
        if (length < 0) {
            throw new RefusedException(
                    new Refusal.UploadMismatch(key, "an object can't have " + length + " bytes"));
        }
        return S3Upload.begin(connection, place, key, length, sending);
    }

    @Override
    public void delete(ObjectKey key) throws StoreException {
        S3Upload underWay = sending.newest().get(place.key(key.value()));
        if (underWay != null) {
            underWay.discard();
        }
        objects.delete(key.value());
    }
}
