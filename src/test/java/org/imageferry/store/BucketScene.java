package org.imageferry.store;

import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.imageferry.domain.ObjectKey;

/// The bucket that the contracts of buckets are about, and what they do to it.
public interface BucketScene {
    ObjectKey KEY = new ObjectKey("golden/debian-12.raw");
    ObjectKey OTHER_KEY = new ObjectKey("golden/debian-13.raw");
    int MIB = 1 << 20;
    int THREADS = 8;

    /// The bucket under test: the same one throughout a test, empty at its start.
    Bucket bucket() throws Exception;

    /// Another one at the same place, as after a crash.
    Bucket reopened() throws Exception;

    /// Puts an object of `bytes` there.
    default void keep(ObjectKey key, ByteBuffer bytes) throws Exception {
        Upload upload = bucket().create(key, bytes.remaining());
        upload.put(0, bytes, digest(1));
        upload.close();
    }

    default BucketObject open(ObjectKey key) throws Exception {
        return bucket().open(key).orElseThrow();
    }

    /// Both kinds of upload, each of its own key.
    default Stream<Upload> uploads(long length) throws Exception {
        return Stream.of(bucket().upload(KEY, length), bucket().create(OTHER_KEY, length));
    }

    static ObjectKey keyOf(List<Upload> uploads, Upload upload) {
        return uploads.indexOf(upload) == 0 ? KEY : OTHER_KEY;
    }
}
