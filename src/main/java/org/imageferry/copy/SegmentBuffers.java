package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.SegmentBuilder;

/// The memory in which segments are put together: a bounded number of buffers, made when first
/// needed. Whoever waits for one holds none, so nobody waits for ever.
public final class SegmentBuffers {
    private final BlockingQueue<ByteBuffer> free;
    private final AtomicInteger unmade;

    public SegmentBuffers(int most) {
        free = new ArrayBlockingQueue<>(most);
        unmade = new AtomicInteger(most);
    }

    ByteBuffer take() throws InterruptedException {
        ByteBuffer idle = free.poll();
        if (idle != null) {
            return idle;
        }
        if (unmade.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return ByteBuffer.allocateDirect(SegmentBuilder.BUFFER_BYTES);
        }
        return free.take();
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer.clear());
    }
}
