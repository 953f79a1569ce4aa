package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;

import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.Extent;
import org.imageferry.store.Upload;
import org.imageferry.store.Upload.Arrived;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a crash leaves of an upload, and what is made of it.
class ResumableUploadTest {
    private static final ObjectKey KEY = new ObjectKey("debian-12.raw");
    private static final int RECORD_BYTES = 64;

    @TempDir private Path root;
    private Path data;
    private Path log;

    @BeforeEach
    void findFiles() {
        Path bucket = root.resolve("cn-hangzhou/1000000000000001/images");
        data = bucket.resolve(".debian-12.raw.upload");
        log = bucket.resolve(".debian-12.raw.extents");
    }

    /// As a process finds it that has just started.
    private Bucket bucket() {
        return new FolderBuckets(root)
                .find(
                        new AccountId("1000000000000001"),
                        new RegionId("cn-hangzhou"),
                        Buckets.DEFAULT)
                .orElseThrow();
    }

    @Test
    void aTornRecordOfTheLogIsIgnored() throws Exception {
        bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
        bucket().upload(KEY, 1000).put(500, bytes(2, 100), digest(2));
        cut(log, Files.size(log) - 1);

        Upload resumed = bucket().upload(KEY, 1000);

        Arrived first = new Arrived(new Extent(0, 100), digest(1));
        assertThat(resumed.arrived()).containsExactly(first);
        resumed.put(700, bytes(3, 100), digest(3));
        assertThat(bucket().upload(KEY, 1000).arrived())
                .containsExactly(first, new Arrived(new Extent(700, 100), digest(3)));
    }

    private static void cut(Path file, long length) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    @Test
    void aDamagedRecordOfTheLogIsIgnored() throws Exception {
        bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
        bucket().upload(KEY, 1000).put(500, bytes(2, 100), digest(2));
        for (int at = RECORD_BYTES; at < 2 * RECORD_BYTES; at++) {
            flip(log, at);

            assertThat(bucket().upload(KEY, 1000).arrived())
                    .as("with byte %d changed", at)
                    .containsExactly(new Arrived(new Extent(500, 100), digest(2)));
            flip(log, at);
        }
        assertThat(bucket().upload(KEY, 1000).arrived()).hasSize(2);
    }

    private static void flip(Path file, long at) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 0x10);
        }
    }

    @Test
    void aDamagedHeadOfTheLogStartsTheUploadAnew() throws Exception {
        for (int at = 0; at < RECORD_BYTES; at++) {
            bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
            flip(log, at);

            assertThat(bucket().upload(KEY, 1000).arrived()).as("byte %d", at).isEmpty();
        }
        for (int length = 0; length < RECORD_BYTES; length++) {
            bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
            cut(log, length);

            assertThat(bucket().upload(KEY, 1000).arrived()).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void aLogOfManyExtentsIsReadWhole() throws Exception {
        int extents = 1500;
        Upload upload = bucket().upload(KEY, extents);
        for (int i = 0; i < extents; i++) {
            upload.put(i, bytes(i, 1), digest(i));
        }

        assertThat(bucket().upload(KEY, extents).arrived()).hasSize(extents);
    }

    @Test
    void aLogWithoutDataStartsTheUploadAnew() throws Exception {
        bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
        Files.delete(data);

        assertThat(bucket().upload(KEY, 1000).arrived()).isEmpty();
    }

    @Test
    void whatIsOverwrittenIsWithdrawnBefore() throws Exception {
        Upload upload = bucket().upload(KEY, 1000);
        upload.put(0, bytes(1, 100), digest(1));
        upload.put(0, bytes(2, 100), digest(2));
        cut(log, Files.size(log) - RECORD_BYTES); // a crash after the data was overwritten

        assertThat(bucket().upload(KEY, 1000).arrived()).isEmpty();
    }
}
