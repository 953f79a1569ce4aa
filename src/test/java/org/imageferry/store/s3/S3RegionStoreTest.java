package org.imageferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.bytes;

import java.nio.ByteBuffer;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.RegionStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class S3RegionStoreTest implements RegionStoreContract {
    private static final ParallelReads READS =
            new ParallelReads(task -> Thread.startVirtualThread(task));

    private TestBucket bucket;
    private S3Connection connection;
    private RegionStore store;

    @BeforeEach
    void makeBucket() {
        bucket = TestBucket.make();
        connection = bucket.connect();
        store = new S3RegionStore(connection, READS);
    }

    @AfterEach
    void dropBucket() {
        connection.close();
        bucket.close();
    }

    @Override
    public RegionStore store() {
        return store;
    }

    @Override
    public RegionStore reopened() {
        return new S3RegionStore(bucket.connect(), READS);
    }

    @Override
    public void vanish() {
        bucket.vanish();
    }

    @Test
    void anObjectIsOneBelowThePrefix() throws Exception {
        store.write(NAME, bytes(1, 100));

        byte[] found =
                bucket.client()
                        .getObjectAsBytes(it -> it.bucket(bucket.name()).key("ferry/" + NAME))
                        .asByteArray();
        assertThat(found).isEqualTo(bytes(1, 100).array());
    }

    @Test
    void strangersObjectsAreNotListed() throws Exception {
        store.write(NAME, bytes(1, 100));
        for (String key : new String[] {"other", "ferry/Notes.TXT", "ferry/.hidden"}) {
            bucket.client().putObject(it -> it.bucket(bucket.name()).key(key), RequestBody.empty());
        }

        assertThat(RegionStoreContract.list(store, "")).containsExactly(NAME);
    }

    @Test
    void aSegmentIsOneRequestAndOnceMoreToFindOutHowItIsWritten() throws Exception {
        store.write(NAME, bytes(1, 16 << 20));
        store.write(new ObjectName("segments/40/4001"), bytes(2, 16 << 20));

        assertThat(connection.counts().requests(S3Operation.PUT)).isBetween(3L, 4L);
        assertThat(connection.counts().bytes()).isEqualTo(32 << 20);
    }

    @Test
    void aLongRangeIsReadInPieces() throws Exception {
        store.write(NAME, bytes(1, 7 << 20));
        ByteBuffer into = ByteBuffer.allocateDirect(7 << 20).position(5);

        store.read(NAME, 5, into);

        assertThat(into.position()).isEqualTo(7 << 20);
        assertThat(into.slice(5, (7 << 20) - 5)).isEqualTo(bytes(1, 7 << 20).position(5));
        assertThat(connection.counts().requests(S3Operation.GET)).isEqualTo(4);
    }
}
