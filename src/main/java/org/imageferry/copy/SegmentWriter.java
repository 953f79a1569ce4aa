package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.imageferry.blocks.EncodedBlock;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Puts a part's new blocks into new segments of its region. Any number of threads may append.
///
/// A segment's row is committed before its first byte, its index rows after its last is durable: a
/// crash in between leaves an object that the catalog knows and nothing refers to.
final class SegmentWriter {
    private static final int MOST_RESERVED_AT_ONCE = 8;

    /// A segment being put together.
    private record Open(ObjectId id, SegmentBuilder builder, ByteBuffer buffer) {}

    private final Workshop shop;
    private final RegionStore store;
    private final Scope scope;
    private final Lease lease;
    private final AtomicLong storedBytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock:
    private final Deque<ObjectId> reserved = new ArrayDeque<>();
    private int nextReserve = 1;
    private Optional<Open> open = Optional.empty();

    SegmentWriter(Workshop shop, RegionStore store, Scope scope, Lease lease) {
        this.shop = shop;
        this.store = store;
        this.scope = scope;
        this.lease = lease;
    }

    /// @return where the block will lie once its segment is written
    BlockLocation append(EncodedBlock block)
            throws StoreException, ClaimLostException, InterruptedException {
        while (true) {
            Optional<Open> full = Optional.empty();
            lock.lock();
            try {
                Open segment = open.isPresent() ? open.get() : begin();
                if (segment.builder().fits(block.stored().remaining())) {
                    storedBytes.addAndGet(block.stored().remaining());
                    return new BlockLocation(segment.id(), segment.builder().append(block));
                }
                full = open;
                open = Optional.empty();
            } finally {
                lock.unlock();
            }
            // Out of the lock, and before another buffer is taken: whoever waits for one holds
            // none.
            write(full.get());
        }
    }

    /// Writes what is still open. Nobody appends any more.
    void finish() throws StoreException, ClaimLostException {
        if (open.isPresent()) {
            Open last = open.get();
            open = Optional.empty();
            write(last);
        }
    }

    /// Gives the memory back without writing.
    void abandon() {
        open.ifPresent(segment -> shop.buffers().giveBack(segment.buffer()));
        open = Optional.empty();
    }

    /// Bytes of the blocks appended so far, as stored.
    long storedBytes() {
        return storedBytes.get();
    }

    private Open begin() throws ClaimLostException, InterruptedException {
        if (reserved.isEmpty()) {
            reserve();
        }
        ByteBuffer buffer = shop.buffers().take();
        ObjectId id = reserved.removeFirst();
        Open segment = new Open(id, new SegmentBuilder(id, scope, buffer), buffer);
        open = Optional.of(segment);
        return segment;
    }

    /// Each time twice as many as before: few parts need many segments, and a row unused is cheap.
    private void reserve() throws ClaimLostException {
        List<ObjectId> ids = new ArrayList<>();
        for (int i = 0; i < nextReserve; i++) {
            ids.add(shop.ids().object());
        }
        boolean held =
                shop.catalog()
                        .write(tables -> {
                            if (!lease.renewIn(tables)) {
                                return false;
                            }
                            tables.objects()
                                    .reserve(lease.claim(), scope, StoredObjects.Kind.SEGMENT, ids);
                            return true;
                        });
        if (!held) {
            throw new ClaimLostException(lease.claim());
        }
        reserved.addAll(ids);
        nextReserve = Math.min(MOST_RESERVED_AT_ONCE, nextReserve * 2);
    }

    private void write(Open segment) throws StoreException, ClaimLostException {
        try {
            ByteBuffer bytes = segment.builder().finish();
            store.write(StoreLayout.segment(segment.id()), bytes);
            if (!shop.catalog().write(tables -> enter(tables, segment, bytes.remaining()))) {
                store.delete(StoreLayout.segment(segment.id()));
                throw new ClaimLostException(lease.claim());
            }
        } finally {
            shop.buffers().giveBack(segment.buffer());
        }
    }

    private boolean enter(Tables tables, Open segment, long bytes) {
        if (!lease.renewIn(tables) || !tables.objects().written(segment.id(), bytes)) {
            return false;
        }
        tables.index().add(scope, segment.id(), segment.builder().names());
        return true;
    }
}
