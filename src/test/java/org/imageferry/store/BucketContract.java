package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.domain.ObjectKey;
import org.imageferry.store.StoreException.Kind;
import org.junit.jupiter.api.Test;

/// What [Bucket] and [BucketObject] promise; what [Upload] does is in [UploadContract].
public interface BucketContract extends UploadContract {
    @Test
    default void theOldObjectIsSeenUntilTheNewOneIsWhole() throws Exception {
        keep(KEY, bytes(1, 1000));
        keep(OTHER_KEY, bytes(1, 1000));
        List<Upload> uploads = uploads(500).toList();
        for (Upload upload : uploads) {
            ObjectKey key = BucketScene.keyOf(uploads, upload);
            upload.put(0, bytes(2, 500), digest(2));
            try (BucketObject before = open(key)) {
                upload.close();
                try (BucketObject after = open(key)) {
                    assertThat(read(before, 0, 1000)).isEqualTo(bytes(1, 1000));
                    assertThat(read(after, 0, 500)).isEqualTo(bytes(2, 500));
                }
            }
        }
    }

    @Test
    default void readersSeeOneObjectOrTheOther() throws Exception {
        keep(KEY, bytes(0, 50_000));
        Together.run(
                THREADS,
                thread -> {
                    for (int i = 0; i < 20; i++) {
                        if (thread == 0) {
                            keep(KEY, bytes(i, 50_000 + i));
                        } else {
                            assertOneOfThem();
                        }
                    }
                    return true;
                });
    }

    private void assertOneOfThem() throws Exception {
        try (BucketObject object = open(KEY)) {
            int length = Math.toIntExact(object.length());
            assertThat(read(object, 0, length)).isEqualTo(bytes(length - 50_000, length));
        }
    }

    @Test
    default void extentsAreClipped() throws Exception {
        Upload upload = bucket().create(KEY, 64 * MIB);
        upload.put(8 * MIB, bytes(1, MIB), digest(1));
        upload.put(63 * MIB, bytes(2, MIB), digest(2));
        upload.close();

        try (BucketObject object = open(KEY)) {
            assertThat(object.extents(8 * MIB + 7, 8 * MIB + 9))
                    .containsExactly(new Extent(8 * MIB + 7, 2));
            assertThat(object.extents(9 * MIB, 63 * MIB)).isEmpty();
            assertThat(object.extents(60 * MIB, 99 * MIB))
                    .containsExactly(new Extent(63 * MIB, MIB));
            assertThat(object.extents(64 * MIB, 99 * MIB)).isEmpty();
            assertThat(object.extents(5, 5)).isEmpty();
        }
    }

    @Test
    default void aRangeFillsTheBufferFromPositionToLimit() throws Exception {
        keep(KEY, bytes(1, 100));
        ByteBuffer into = ByteBuffer.allocate(30).position(5).limit(25);

        try (BucketObject object = open(KEY)) {
            object.read(40, into);
        }

        assertThat(into.position()).isEqualTo(25);
        assertThat(into.slice(5, 20)).isEqualTo(bytes(1, 100).slice(40, 20));
        assertThat(into.clear().slice(0, 5)).isEqualTo(ByteBuffer.allocate(5));
        assertThat(into.slice(25, 5)).isEqualTo(ByteBuffer.allocate(5));
    }

    @Test
    default void readingBeyondTheEndIsDamage() throws Exception {
        keep(KEY, bytes(1, 100));

        try (BucketObject object = open(KEY)) {
            assertFails(Kind.DAMAGED, () -> object.read(0, ByteBuffer.allocate(101)));
            assertFails(Kind.DAMAGED, () -> object.read(99, ByteBuffer.allocate(2)));
            assertFails(Kind.DAMAGED, () -> object.read(1000, ByteBuffer.allocate(1)));
        }
    }

    @Test
    default void manyThreadsReadOneObject() throws Exception {
        keep(KEY, bytes(1, MIB));
        try (BucketObject object = open(KEY)) {
            Together.run(
                    THREADS,
                    thread -> {
                        for (int at = thread; at < MIB - 1000; at += 50_000) {
                            assertThat(read(object, at, 1000))
                                    .isEqualTo(bytes(1, MIB).slice(at, 1000));
                            assertThat(object.extents(at, at + 1000))
                                    .containsExactly(new Extent(at, 1000));
                        }
                        return true;
                    });
        }
    }

    @Test
    default void theEtagTellsWhetherTheBytesMayHaveChanged() throws Exception {
        keep(KEY, bytes(1, 100));
        String first = etag();
        assertThat(first).matches("[!-~]{1,100}").isEqualTo(etag());

        keep(KEY, bytes(2, 100));
        assertThat(etag()).isNotEqualTo(first);
    }

    private String etag() throws Exception {
        try (BucketObject object = open(KEY)) {
            return object.etag();
        }
    }

    @Test
    default void whatIsNotThereIsNotFound() throws Exception {
        keep(KEY, bytes(1, 100));

        assertThat(bucket().open(OTHER_KEY)).isEmpty();
        assertThat(bucket().open(new ObjectKey("golden"))).isEmpty();
        assertThat(bucket().open(new ObjectKey(KEY + "/x"))).isEmpty();
    }

    @Test
    default void aDeletedObjectIsGone() throws Exception {
        keep(KEY, bytes(1, 100));
        keep(OTHER_KEY, bytes(1, 100));

        bucket().delete(KEY);
        bucket().delete(KEY);
        bucket().delete(new ObjectKey("nothing/here"));
        bucket().delete(new ObjectKey("golden"));

        assertThat(bucket().open(KEY)).isEmpty();
        assertThat(bucket().open(OTHER_KEY)).isPresent();
    }

    @Test
    default void deletingThrowsUploadsAway() throws Exception {
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.put(0, bytes(1, 100), digest(1));

            bucket().delete(BucketScene.keyOf(uploads, upload));

            assertFails(Kind.MISSING, upload::close);
            assertThat(bucket().open(BucketScene.keyOf(uploads, upload))).isEmpty();
        }
    }

    @Test
    default void whatIsSettledIsSeenWhenItIsClosed() throws Exception {
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.put(0, bytes(1, 1000), digest(1));

            upload.settle(() -> {});
            assertThat(bucket().open(BucketScene.keyOf(uploads, upload))).isEmpty();

            upload.close();
            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(read(object, 0, 1000)).isEqualTo(bytes(1, 1000));
            }
        }
    }
}
