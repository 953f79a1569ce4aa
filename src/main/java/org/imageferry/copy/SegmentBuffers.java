package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.SegmentBuilder;

/// The memory through which blocks go. Segments are put together in a bounded number of buffers, made
/// when first needed: whoever waits for one holds none, so nobody waits for ever; there is a spare one for
/// whoever may not wait. Where all of them have long been in use, some stores hang or are very slow, and
/// up to as many again are made, so that these hold up nobody else. What is read at once goes into pieces,
/// of which there are as many as lanes at work; they are kept for the next. And there are a few rooms in which
/// the contents of many blocks are looked at together: whoever has one only computes, so that nobody waits long.
public final class SegmentBuffers {
    /// The length of a piece: long enough for any disk, short enough to spread over the lanes.
    static final int PIECE_BYTES = 2 << 20;

    /// The length of a room: so many blocks that to hash them together pays.
    static final int ROOM_BYTES = 4 << 20;

    /// Where memory begins on a page, a store can write it without copying.
    private static final int PAGE_BYTES = 4 << 10;

    private final Duration patience;
    private final BlockingQueue<ByteBuffer> free;
    private final BlockingQueue<ByteBuffer> spare = new ArrayBlockingQueue<>(1);
    private final AtomicInteger unmade;
    private final Semaphore beyond;
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<ByteBuffer> rooms;
    private final AtomicInteger unmadeRooms;

    /// @param most usual buffers, 16 MiB each; in trouble there may be as many again
    /// @param patience so long one waits for them
    /// @param rooms 4 MiB each
    public SegmentBuffers(int most, Duration patience, int rooms) {
        this.patience = patience;
        this.rooms = new ArrayBlockingQueue<>(rooms);
        unmadeRooms = new AtomicInteger(rooms);
        free = new ArrayBlockingQueue<>(most);
        unmade = new AtomicInteger(most);
        beyond = new Semaphore(most);
    }

    ByteBuffer take() throws InterruptedException {
        ByteBuffer idle = free.poll();
        if (idle != null) {
            return idle;
        }
        if (mayMake(unmade)) {
            return make();
        }
        while (true) {
            ByteBuffer waitedFor = free.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (waitedFor != null) {
                return waitedFor;
            }
            if (beyond.tryAcquire()) {
                return make();
            }
        }
    }

    private static boolean mayMake(AtomicInteger unmade) {
        return unmade.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
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
        if (!free.offer(buffer.clear())) {
            beyond.release(); // all the usual ones are idle
        }
    }

    /// Memory that nobody else uses until it is given back, in any state but clear.
    ByteBuffer takePiece() {
        ByteBuffer idle = pieces.poll();
        return idle != null ? idle : ByteBuffer.allocateDirect(PIECE_BYTES);
    }

    void giveBackPiece(ByteBuffer piece) {
        pieces.add(piece);
    }

    /// What is done in a room: it computes, and waits for nothing.
    interface InRoom<R> {
        R in(ByteBuffer room) throws Exception;
    }

    /// Does something in [#ROOM_BYTES] of memory that nobody else uses meanwhile, in any state but clear; waits
    /// for it if need be.
    <R> R inRoom(InRoom<R> work) throws Exception {
        ByteBuffer room = rooms.poll();
        if (room == null) {
            room = mayMake(unmadeRooms) ? ByteBuffer.allocateDirect(ROOM_BYTES) : rooms.take();
        }
        try {
            return work.in(room);
        } finally {
            rooms.add(room);
        }
    }
}
