package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.SegmentBuilder;

/// The memory in which segments are put together: a bounded number of buffers, made when first
/// needed, and a spare one. Whoever waits for one holds none, so nobody waits for ever.
public final class SegmentBuffers {
    /// Where memory begins on a page, a store can write it without copying.
    private static final int PAGE_BYTES = 4 << 10;

    private final BlockingQueue<ByteBuffer> free;
    private final BlockingQueue<ByteBuffer> spare = new ArrayBlockingQueue<>(1);
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
            return make();
        }
        return free.take();
    }

    private static ByteBuffer make() {
        return ByteBuffer.allocateDirect(SegmentBuilder.BUFFER_BYTES + 2 * PAGE_BYTES)
                .alignedSlice(PAGE_BYTES);
    }

    /// One beyond the bound, for work that must neither wait for copies nor have them wait. Its taker sees
    /// to it that there is only one such in the process at a time.
    ByteBuffer takeSpare() {
        ByteBuffer idle = spare.poll();
        return idle != null ? idle : make();
    }

    void giveBackSpare(ByteBuffer buffer) {
        boolean _ = spare.offer(buffer.clear());
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer.clear());
    }
}
