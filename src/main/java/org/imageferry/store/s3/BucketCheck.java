package org.imageferry.store.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Makes sure that a bucket is there. An answer to HEAD has no body to tell whether object or bucket is
/// missing; and to some servers an object is deleted well when there is no bucket.
final class BucketCheck {
    private static final int ABSENT = 404;

    /// A bucket goes so seldom that it need not be asked for with each of a thousand deletions.
    private static final long SEEN_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long NEVER = Long.MIN_VALUE;

    private final S3Connection connection;
    private final AtomicLong seen = new AtomicLong(NEVER);

    BucketCheck(S3Connection connection) {
        this.connection = connection;
    }

    /// Like [#require], unless it was there a few seconds ago.
    void requireSeen() throws StoreException {
        long last = seen.get();
        if (last == NEVER || connection.nanos() - last > SEEN_NANOS) {
            require();
        }
    }

    /// @throws StoreException `UNAVAILABLE` if there is no bucket
    void require() throws StoreException {
        S3Place place = connection.place();
        boolean there =
                connection.call(
                        S3Operation.HEAD,
                        "find the bucket",
                        0,
                        client -> {
                            try {
                                client.headBucket(it -> it.bucket(place.bucket()));
                                return true;
                            } catch (S3Exception e) {
                                if (e.statusCode() == ABSENT) {
                                    return false;
                                }
                                throw e;
                            }
                        });
        if (!there) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "there is no bucket for "
                            + place
                            + ": make the bucket, or correct its name and endpoint");
        }
        seen.set(connection.nanos());
    }
}
