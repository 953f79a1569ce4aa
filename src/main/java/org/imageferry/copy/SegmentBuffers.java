package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.SegmentBuilder;

/// The memory in which segments are put together: a bounded number of buffers, made when first
/// needed. Whoever waits for one holds none, so nobody waits for ever.
public final class SegmentBuffers {
    /// Where memory begins on a page, a store can write it without copying.
    private static final int PAGE_BYTES = 4 << 10;

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
            return ByteBuffer.allocateDirect(SegmentBuilder.BUFFER_BYTES + 2 * PAGE_BYTES)
                    .alignedSlice(PAGE_BYTES);
        }
        return free.take();
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer.clear());
    }
}
