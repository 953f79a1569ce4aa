package org.imageferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketContract;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.Extent;
import org.imageferry.store.MemoryScratch;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Together;
import org.imageferry.store.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/// Where S3 can't do what other buckets can, a test of the contract is replaced by one that says what it
/// does instead.
class S3BucketsTest implements BucketContract {
    private static final AccountId ACCOUNT = new AccountId("1000000000000001");
    private static final RegionId REGION = new RegionId("cn-hangzhou");
    private static final String FOLDER = "ferry/1000000000000001/images/";

    private TestBucket place;
    private S3Connection connection;
    private MemoryScratch scratch;
    private S3Buckets buckets;

    @BeforeEach
    void makeBucket() {
        place = TestBucket.make();
        connection = place.connect();
        scratch = new MemoryScratch();
        buckets = buckets();
    }

    private S3Buckets buckets() {
        return new S3Buckets(
                connection,
                new ParallelReads(Thread::startVirtualThread),
                scratch,
                Thread::startVirtualThread,
                new NoRest());
    }

    @AfterEach
    void dropBucket() {
        connection.close();
        place.close();
    }

    @Override
    public Bucket bucket() {
        return buckets.find(ACCOUNT, REGION, Buckets.DEFAULT).orElseThrow();
    }

    @Override
    public Bucket reopened() {
        return buckets().find(ACCOUNT, REGION, Buckets.DEFAULT).orElseThrow();
    }

    /// There is one kind only.
    @Override
    public Stream<Upload> uploads(long length) throws Exception {
        return Stream.of(bucket().create(KEY, length));
    }

    @Test
    @Override
    public void holesStayHoles() throws Exception {
        Upload upload = bucket().create(KEY, 40 * MIB + 5);
        upload.put(8 * MIB, bytes(1, MIB), digest(1));
        upload.put(33 * MIB, bytes(2, MIB), digest(2));
        upload.close();

        try (BucketObject object = open(KEY)) {
            assertThat(object.length()).isEqualTo(40 * MIB + 5);
            assertThat(read(object, 0, 100)).isEqualTo(ByteBuffer.allocate(100));
            assertThat(read(object, 8 * MIB, MIB)).isEqualTo(bytes(1, MIB));
            assertThat(read(object, 33 * MIB, MIB)).isEqualTo(bytes(2, MIB));
            assertThat(read(object, 40 * MIB, 5)).isEqualTo(ByteBuffer.allocate(5));
            assertThat(object.extents(0, 40 * MIB + 5))
                    .as("zeros are data here")
                    .containsExactly(new Extent(0, 40 * MIB + 5));
        }
    }

    @Test
    @Override
    public void anObjectMayBeAllHole() throws Exception {
        bucket().create(KEY, 20 * MIB).close();

        try (BucketObject object = open(KEY)) {
            assertThat(object.length()).isEqualTo(20 * MIB);
            assertThat(read(object, 19 * MIB, MIB)).isEqualTo(ByteBuffer.allocate(MIB));
        }
    }

    @Test
    @Override
    public void extentsAreClipped() throws Exception {
        keep(KEY, bytes(1, 1000));

        try (BucketObject object = open(KEY)) {
            assertThat(object.extents(7, 9)).containsExactly(new Extent(7, 2));
            assertThat(object.extents(900, 9999)).containsExactly(new Extent(900, 100));
            assertThat(object.extents(1000, 9999)).isEmpty();
            assertThat(object.extents(5, 5)).isEmpty();
        }
    }

    /// S3 keeps no object that was replaced: who has it open learns it, and never reads the other's bytes.
    @Test
    @Override
    public void theOldObjectIsSeenUntilTheNewOneIsWhole() throws Exception {
        keep(KEY, bytes(1, 1000));
        Upload upload = bucket().create(KEY, 500);
        upload.put(0, bytes(2, 500), digest(2));
        try (BucketObject before = open(KEY)) {
            assertThat(read(before, 0, 1000)).isEqualTo(bytes(1, 1000));
            upload.close();
            assertFails(Kind.DAMAGED, () -> before.read(0, ByteBuffer.allocate(100)));
        }
        try (BucketObject after = open(KEY)) {
            assertThat(read(after, 0, 500)).isEqualTo(bytes(2, 500));
        }
    }

    @Test
    @Override
    public void readersSeeOneObjectOrTheOther() throws Exception {
        keep(KEY, bytes(0, 50_000));
        Together.run(
                THREADS,
                thread -> {
                    for (int i = 0; i < 10; i++) {
                        if (thread == 0) {
                            keep(KEY, bytes(i, 50_000 + i));
                        } else {
                            assertOneOfThemOrNone();
                        }
                    }
                    return true;
                });
    }

    /// s3proxy compares the ETag and then opens the file: in between it may have become another. So who
    /// has read looks whether the object is still the same, by its ETag and its length, as an import does. Both,
    /// because what it says of an object that is just being replaced may be the old one's length with the new
    /// one's ETag.
    private void assertOneOfThemOrNone() throws Exception {
        try (BucketObject object = open(KEY)) {
            int length = Math.toIntExact(object.length());
            boolean right = read(object, 0, length).equals(bytes(length - 50_000, length));
            assertThat(right || isReplaced(object)).isTrue();
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
        }
    }

    private boolean isReplaced(BucketObject object) throws Exception {
        try (BucketObject now = open(KEY)) {
            return !now.etag().equals(object.etag()) || now.length() != object.length();
        }
    }

    @Test
    void whatOtherToolsPutThereCanBeRead() throws Exception {
        byte[] bytes = bytes(1, 1000).array();
        String key = FOLDER + "by hand/größe.raw";
        place.client()
                .putObject(it -> it.bucket(place.name()).key(key), RequestBody.fromBytes(bytes));

        try (BucketObject object = open(new ObjectKey("by hand/größe.raw"))) {
            assertThat(read(object, 0, 1000).array()).isEqualTo(bytes);
        }
    }

    @Test
    void anUploadThroughTheServerIsRefusedWithTheWayThatWorks() {
        assertThatThrownBy(() -> bucket().upload(KEY, 1000))
                .isInstanceOf(RefusedException.class)
                .hasStackTraceContaining("s3://" + place.name() + "/" + FOLDER + KEY);
    }

    @Test
    void accountsDoNotSeeEachOther() throws Exception {
        keep(KEY, bytes(1, 1000));
        AccountId other = new AccountId("1000000000000002");

        assertThat(buckets.find(other, REGION, Buckets.DEFAULT).orElseThrow().open(KEY)).isEmpty();
        assertThat(buckets.find(ACCOUNT, REGION, new BucketName("golden-images"))).isEmpty();
    }

    @Test
    void aLongObjectIsSentInPartsAndTheCallerKeepsAlive() throws Exception {
        int length = 35 * MIB;
        Upload upload = bucket().create(KEY, length);
        for (int at = 34 * MIB; at >= 0; at -= MIB) {
            upload.put(at, bytes(at, MIB), digest(1));
        }
        AtomicInteger beats = new AtomicInteger();

        upload.settle(beats::incrementAndGet);

        assertThat(beats.get()).isEqualTo(3);
        assertThat(bucket().open(KEY)).isEmpty();
        upload.close();
        try (BucketObject object = open(KEY)) {
            for (int at = 0; at < length; at += MIB) {
                assertThat(read(object, at, MIB)).isEqualTo(bytes(at, MIB));
            }
        }
        assertThat(scratch.names()).isEmpty();
        assertThat(notes()).isEmpty();
    }

    private static final class GivenUp extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void whatIsGivenUpOnTheWayLeavesNothing() throws Exception {
        Upload upload = bucket().create(KEY, 35 * MIB);

        assertThatThrownBy(() ->
                        upload.settle(() -> {
                            throw new GivenUp();
                        }))
                .isInstanceOf(GivenUp.class);
        upload.discard();

        assertThat(bucket().open(KEY)).isEmpty();
        assertThat(scratch.names()).isEmpty();
        assertThat(notes()).isEmpty();
        assertThat(sent()).isZero();
    }

    @Test
    void whatADeadProcessSentIsThrownAwayByAnother() throws Exception {
        bucket().create(KEY, 35 * MIB).settle(() -> {});
        assertThat(sent()).isOne();
        S3Buckets other = buckets();

        assertThat(other.forgetUploads(Instant.EPOCH)).isZero();
        assertThat(sent()).isOne();
        assertThat(other.forgetUploads(Instant.parse("2999-01-01T00:00:00Z"))).isOne();

        assertThat(sent()).isZero();
        assertThat(notes()).isEmpty();
    }

    private Stream<String> notes() {
        return place
                .client()
                .listObjectsV2(it -> it.bucket(place.name()).prefix("ferry/.uploads/"))
                .contents()
                .stream()
                .map(note -> note.key());
    }

    private int sent() {
        return place.client().listMultipartUploads(it -> it.bucket(place.name())).uploads().size();
    }
}
