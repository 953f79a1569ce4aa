package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SegmentBuffersTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    @Test
    void whoWaitsGetsTheOneThatIsGivenBack() throws Exception {
        SegmentBuffers buffers = new SegmentBuffers(1, FOR_EVER, 1);
        ByteBuffer only = buffers.take();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ByteBuffer> waiting = executor.submit(buffers::take);
            buffers.giveBack(only);
            assertThat(waiting.get()).isSameAs(only);
        }
    }

    @Test
    void storesThatHangHoldUpNobodyElse() throws Exception {
        SegmentBuffers buffers = new SegmentBuffers(2, Duration.ofMillis(1), 1);
        ByteBuffer hung = buffers.take();
        ByteBuffer slow = buffers.take();
        ByteBuffer beyond = buffers.take();
        assertThat(beyond).isNotSameAs(hung).isNotSameAs(slow);
        buffers.giveBack(beyond);
        assertThat(buffers.take()).isSameAs(beyond);
    }

    @Test
    void thereAreNeverMoreThanTwiceTheUsualOnes() throws Exception {
        SegmentBuffers buffers = new SegmentBuffers(1, Duration.ofMillis(1), 1);
        ByteBuffer first = buffers.take();
        ByteBuffer second = buffers.take();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ByteBuffer> third = executor.submit(buffers::take);
            buffers.giveBack(second);
            assertThat(third.get()).isSameAs(second);
        }
        buffers.giveBack(first);
        buffers.giveBack(second);
        List<ByteBuffer> again = new ArrayList<>(List.of(buffers.take(), buffers.take()));
        assertThat(again.getFirst()).as("the usual one was kept").isSameAs(first);
        assertThat(again.getLast()).as("the other was not").isNotSameAs(second);
    }

    @Test
    void whoFindsNoRoomWaitsForOne() throws Exception {
        SegmentBuffers buffers = new SegmentBuffers(1, FOR_EVER, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ByteBuffer> first =
                    executor.submit(() ->
                            buffers.inRoom(room -> {
                                inside.countDown();
                                leave.await();
                                return room;
                            }));
            inside.await();
            Future<ByteBuffer> second =
                    executor.submit(() ->
                            buffers.inRoom(room -> {
                                assertThat(first.isDone() || leave.getCount() == 0).isTrue();
                                return room;
                            }));
            leave.countDown();
            assertThat(second.get()).isSameAs(first.get());
        }
    }

    @Test
    void aRoomIsLeftWhateverHappensInIt() throws Exception {
        SegmentBuffers buffers = new SegmentBuffers(1, FOR_EVER, 1);
        assertThatThrownBy(() ->
                        buffers.inRoom(_ -> {
                            throw new IOException("spoilt");
                        }))
                .hasMessage("spoilt");
        int bytes = buffers.inRoom(ByteBuffer::capacity);
        assertThat(bytes).isEqualTo(SegmentBuffers.ROOM_BYTES);
    }
}
