package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.Upload.Arrived;
import org.junit.jupiter.api.Test;

/// What [Bucket#upload] promises beside what every [Upload] does: that it can be resumed.
public interface ResumableUploadContract extends BucketScene {
    @Test
    default void anUploadIsResumedAfterACrash() throws Exception {
        bucket().upload(KEY, 1000).put(500, bytes(1, 100), digest(1));

        Upload resumed = reopened().upload(KEY, 1000);
        assertThat(resumed.arrived()).containsExactly(new Arrived(new Extent(500, 100), digest(1)));
        resumed.put(0, bytes(2, 100), digest(2));
        resumed.close();

        try (BucketObject object = open(KEY)) {
            assertThat(read(object, 500, 100)).isEqualTo(bytes(1, 100));
            assertThat(read(object, 0, 100)).isEqualTo(bytes(2, 100));
        }
    }

    @Test
    default void anUploadOfAnotherLengthStartsAnew() throws Exception {
        for (long length : new long[] {999, 1001}) {
            bucket().upload(KEY, 1000).put(500, bytes(1, 100), digest(1));

            assertThat(bucket().upload(KEY, length).arrived()).isEmpty();
        }
    }

    @Test
    default void anObjectMadeAfreshStartsAnew() throws Exception {
        bucket().upload(KEY, 1000).put(500, bytes(1, 100), digest(1));

        Upload fresh = bucket().create(KEY, 1000);
        assertThat(fresh.arrived()).isEmpty();
        fresh.put(0, bytes(2, 100), digest(2));

        assertThat(bucket().upload(KEY, 1000).arrived()).isEmpty();
    }

    @Test
    default void nothingOfAnEarlierUploadIsInALaterOne() throws Exception {
        bucket().upload(KEY, 1000).put(500, bytes(1, 100), digest(1));
        bucket().upload(KEY, 2000).discard();
        bucket().upload(KEY, 1000).close();

        try (BucketObject object = open(KEY)) {
            assertThat(read(object, 0, 1000)).isEqualTo(ByteBuffer.allocate(1000));
        }
    }

    @Test
    default void deletingThrowsAnUploadAway() throws Exception {
        for (Upload upload : uploads(1000).toList()) {
            upload.put(0, bytes(1, 100), digest(1));
        }

        bucket().delete(KEY);
        bucket().delete(OTHER_KEY);

        assertThat(bucket().upload(KEY, 1000).arrived()).isEmpty();
        assertThat(bucket().upload(OTHER_KEY, 1000).arrived()).isEmpty();
    }

    @Test
    default void aDiscardedUploadIsNotResumed() throws Exception {
        Upload upload = bucket().upload(KEY, 1000);
        upload.put(0, bytes(2, 1000), digest(2));

        upload.discard();

        assertThat(bucket().upload(KEY, 1000).arrived()).isEmpty();
    }

    @Test
    default void noUploadHasANegativeLength() {
        assertThatThrownBy(() -> bucket().upload(KEY, -1)).isInstanceOf(RefusedException.class);
    }
}
