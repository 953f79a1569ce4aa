package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Upload.Arrived;
import org.junit.jupiter.api.Test;

/// What [Upload] promises, whether it can be resumed or not.
public interface UploadContract extends BucketScene {
    @Test
    default void whatIsUploadedCanBeRead() throws Exception {
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.put(600, bytes(2, 400), digest(2));
            upload.put(0, bytes(1, 600), digest(1));
            upload.close();

            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(object.length()).isEqualTo(1000);
                assertThat(read(object, 0, 600)).isEqualTo(bytes(1, 600));
                assertThat(read(object, 600, 400)).isEqualTo(bytes(2, 400));
                assertThat(object.extents(0, 1000)).isNotEmpty();
            }
        }
    }

    @Test
    default void anObjectIsNotSeenBeforeItsUploadIsClosed() throws Exception {
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.put(0, bytes(1, 1000), digest(1));

            assertThat(bucket().open(BucketScene.keyOf(uploads, upload))).isEmpty();
        }
    }

    @Test
    default void holesStayHoles() throws Exception {
        List<Upload> uploads = uploads(64 * MIB + 5).toList();
        for (Upload upload : uploads) {
            upload.put(8 * MIB, bytes(1, MIB), digest(1));
            upload.put(40 * MIB, bytes(2, MIB), digest(2));
            upload.close();

            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(object.length()).isEqualTo(64 * MIB + 5);
                assertThat(object.extents(0, 64 * MIB + 5))
                        .containsExactly(new Extent(8 * MIB, MIB), new Extent(40 * MIB, MIB));
                assertThat(read(object, 0, 100)).isEqualTo(ByteBuffer.allocate(100));
                assertThat(read(object, 8 * MIB, MIB)).isEqualTo(bytes(1, MIB));
                assertThat(read(object, 9 * MIB, 100)).isEqualTo(ByteBuffer.allocate(100));
                assertThat(read(object, 40 * MIB, MIB)).isEqualTo(bytes(2, MIB));
                assertThat(read(object, 64 * MIB, 5)).isEqualTo(ByteBuffer.allocate(5));
            }
        }
    }

    @Test
    default void anObjectMayBeAllHole() throws Exception {
        List<Upload> uploads = uploads(8 * MIB).toList();
        for (Upload upload : uploads) {
            upload.close();

            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(object.length()).isEqualTo(8 * MIB);
                assertThat(object.extents(0, 8 * MIB)).isEmpty();
            }
        }
    }

    @Test
    default void anObjectMayBeEmpty() throws Exception {
        List<Upload> uploads = uploads(0).toList();
        for (Upload upload : uploads) {
            upload.close();

            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(object.length()).isZero();
                assertThat(object.extents(0, 0)).isEmpty();
                assertFails(Kind.DAMAGED, () -> object.read(0, ByteBuffer.allocate(1)));
            }
        }
    }

    @Test
    default void whatHasArrivedIsListedByOffset() throws Exception {
        for (Upload upload : uploads(1000).toList()) {
            assertThat(upload.arrived()).isEmpty();
            upload.put(500, bytes(2, 100), digest(2));
            upload.put(0, bytes(1, 50), digest(1));

            assertThat(upload.arrived())
                    .containsExactly(
                            new Arrived(new Extent(0, 50), digest(1)),
                            new Arrived(new Extent(500, 100), digest(2)));
        }
    }

    @Test
    default void anExtentReplacesWhatItOverlaps() throws Exception {
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.put(0, bytes(1, 100), digest(1));
            upload.put(100, bytes(2, 100), digest(2));
            upload.put(200, bytes(3, 100), digest(3));
            upload.put(300, bytes(4, 100), digest(4));
            upload.put(150, bytes(5, 100), digest(5));
            upload.put(0, bytes(6, 100), digest(6));

            assertThat(upload.arrived())
                    .containsExactly(
                            new Arrived(new Extent(0, 100), digest(6)),
                            new Arrived(new Extent(150, 100), digest(5)),
                            new Arrived(new Extent(300, 100), digest(4)));
            upload.close();
            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(read(object, 0, 100)).isEqualTo(bytes(6, 100));
                assertThat(read(object, 150, 100)).isEqualTo(bytes(5, 100));
            }
        }
    }

    @Test
    default void onlyWhatIsBetweenPositionAndLimitIsPut() throws Exception {
        List<Upload> uploads = uploads(50).toList();
        for (Upload upload : uploads) {
            ByteBuffer content = bytes(1, 100).position(10).limit(60).asReadOnlyBuffer();

            upload.put(0, content, digest(1));

            assertThat(content.position()).isEqualTo(10);
            assertThat(content.limit()).isEqualTo(60);
            upload.close();
            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(read(object, 0, 50)).isEqualTo(bytes(1, 100).slice(10, 50));
            }
        }
    }

    @Test
    default void anExtentBeyondTheLengthIsRefused() throws Exception {
        for (Upload upload : uploads(1000).toList()) {
            upload.put(0, bytes(1, 1000), digest(1));
            upload.put(1000, bytes(1, 0), digest(1));

            for (long offset : new long[] {-1, 1, 1000, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThatThrownBy(() -> upload.put(offset, bytes(2, 1000), digest(2)))
                        .isInstanceOf(RefusedException.class);
            }

            assertThat(upload.arrived())
                    .containsExactly(new Arrived(new Extent(0, 1000), digest(1)));
        }
    }

    @Test
    default void noObjectHasANegativeLength() {
        assertThatThrownBy(() -> bucket().create(KEY, -1)).isInstanceOf(RefusedException.class);
    }

    @Test
    default void extentsMayComeFromManyThreads() throws Exception {
        int extents = 16;
        int length = 100_000;
        List<Upload> uploads = uploads((long) THREADS * extents * length).toList();
        for (Upload upload : uploads) {
            Together.run(
                    THREADS,
                    thread -> {
                        for (int i = thread; i < THREADS * extents; i += THREADS) {
                            upload.put((long) i * length, bytes(i, length), digest(i));
                        }
                        return true;
                    });

            assertThat(upload.arrived()).hasSize(THREADS * extents);
            upload.close();
            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                for (int i = 0; i < THREADS * extents; i++) {
                    assertThat(read(object, (long) i * length, length)).isEqualTo(bytes(i, length));
                }
            }
        }
    }

    @Test
    default void aDiscardedUploadLeavesNothing() throws Exception {
        keep(KEY, bytes(1, 100));
        keep(OTHER_KEY, bytes(1, 100));
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.put(0, bytes(2, 1000), digest(2));

            upload.discard();
            upload.discard();

            try (BucketObject object = open(BucketScene.keyOf(uploads, upload))) {
                assertThat(read(object, 0, 100)).isEqualTo(bytes(1, 100));
            }
        }
    }

    @Test
    default void anEndedUploadTakesNothingMore() throws Exception {
        for (Upload upload : uploads(1000).toList()) {
            upload.close();
            assertEnded(upload);
            upload.discard();
        }
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            upload.discard();
            assertEnded(upload);
            assertThat(bucket().open(BucketScene.keyOf(uploads, upload))).isPresent();
        }
    }

    private static void assertEnded(Upload upload) {
        assertFails(Kind.MISSING, () -> upload.put(0, bytes(1, 10), digest(1)));
        assertFails(Kind.MISSING, upload::arrived);
        assertFails(Kind.MISSING, upload::close);
    }

    @Test
    default void anUploadWhosePlaceWasTakenComesToNothing() throws Exception {
        List<Upload> uploads = uploads(1000).toList();
        for (Upload upload : uploads) {
            ObjectKey key = BucketScene.keyOf(uploads, upload);
            upload.put(0, bytes(1, 100), digest(1));
            Upload later = bucket().create(key, 1000);
            later.put(500, bytes(2, 100), digest(2));

            assertFails(Kind.MISSING, upload::close);
            upload.discard();
            later.close();

            try (BucketObject object = open(key)) {
                assertThat(read(object, 0, 100)).isEqualTo(ByteBuffer.allocate(100));
                assertThat(read(object, 500, 100)).isEqualTo(bytes(2, 100));
            }
        }
    }
}
