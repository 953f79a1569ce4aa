package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.Test;

class FooterCacheTest {
    private final TestStore store = new TestStore();
    private final ObjectId first = segment(1, 4);
    private final ObjectId second = segment(2, 4);
    private final ObjectId third = segment(3, 4);

    @Test
    void aFooterIsReadOnce() throws Exception {
        FooterCache cache = new FooterCache(8);
        SegmentFooter footer = cache.get(store, first);
        assertThat(cache.get(store, first)).isSameAs(footer);
        assertThat(store.reads).hasValue(1);
    }

    @Test
    void theFooterThatWasUsedLeastRecentlyGoesFirst() throws Exception {
        FooterCache cache = new FooterCache(8);
        cache.get(store, first);
        cache.get(store, second);
        cache.get(store, first);
        cache.get(store, third);
        assertThat(store.reads).hasValue(3);
        cache.get(store, first);
        cache.get(store, third);
        assertThat(store.reads).hasValue(3);
        cache.get(store, second);
        assertThat(store.reads).hasValue(4);
    }

    @Test
    void footersCountByTheirBlocks() throws Exception {
        FooterCache cache = new FooterCache(8);
        ObjectId large = segment(4, 5);
        cache.get(store, first);
        cache.get(store, large);
        cache.get(store, first);
        assertThat(store.reads).hasValue(3);
    }

    @Test
    void theNewestIsKeptHoweverLargeItIs() throws Exception {
        FooterCache cache = new FooterCache(1);
        cache.get(store, first);
        cache.get(store, first);
        assertThat(store.reads).hasValue(1);
    }

    @Test
    void twoThreadsThatMissTheSameCountItOnce() throws Exception {
        FooterCache cache = new FooterCache(8);
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> ask(cache, first));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        store.reads.set(0);
        cache.get(store, second);
        cache.get(store, first);
        cache.get(store, second);
        assertThat(store.reads).hasValue(1);
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        FooterCache cache = new FooterCache(8);
        ObjectId absent = new ObjectId(9, 9);
        assertThatThrownBy(() -> cache.get(store, absent)).isInstanceOf(StoreException.class);
        segment(9, 1);
        assertThat(cache.get(store, absent).size()).isEqualTo(1);
    }

    private void ask(FooterCache cache, ObjectId id) {
        try {
            cache.get(store, id);
        } catch (StoreException | DamagedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectId segment(int number, int blocks) {
        ObjectId id = new ObjectId(number, number);
        ByteBuffer buffer = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES);
        SegmentBuilder builder = new SegmentBuilder(id, TestData.SCOPE, buffer);
        try (BlockEncoder encoder = new BlockEncoder()) {
            for (int i = 0; i < blocks; i++) {
                ByteBuffer block =
                        ByteBuffer.wrap(TestData.noise(new SplittableRandom(i + 10L * number), 50));
                builder.append(encoder.encode(encoder.name(block), block));
            }
        }
        store.put(StoreLayout.segment(id), TestData.bytes(builder.finish()));
        return id;
    }
}
