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
/// crash in between leaves an object that the catalog knows and nothing refers to. The row of the part's
/// manifest comes with those of the first segments, and the last segment is entered with the part.
final class SegmentWriter {
    private static final int MOST_RESERVED_AT_ONCE = 8;

    /// A segment being put together.
    private record Open(ObjectId id, SegmentBuilder builder, ByteBuffer buffer) {}

    private final Workshop shop;
    private final RegionStore store;
    private final Scope scope;
    private final Lease lease;
    private final ObjectId manifest;
    private final AtomicLong storedBytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock:
    private final Deque<ObjectId> reserved = new ArrayDeque<>();
    private int nextReserve = 1;
    private boolean manifestReserved;
    private Optional<Open> open = Optional.empty();

    /// @param manifest of the part, not reserved yet
    SegmentWriter(Workshop shop, RegionStore store, Scope scope, Lease lease, ObjectId manifest) {
        this.shop = shop;
        this.store = store;
        this.scope = scope;
        this.lease = lease;
        this.manifest = manifest;
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

    /// The manifest may be written from now on. Nobody appends any more.
    void reserveManifest() throws ClaimLostException {
        if (!manifestReserved) {
            reserve(List.of());
        }
    }

    /// Writes what is still open. Nobody appends any more.
    ///
    /// @return the last segment, if there is one: it is to be entered with the part
    Optional<Landing.Landed> finish() throws StoreException {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Open last = open.get();
        open = Optional.empty();
        try {
            return Optional.of(land(last));
        } finally {
            shop.buffers().giveBack(last.buffer());
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
        reserve(ids);
        reserved.addAll(ids);
        nextReserve = Math.min(MOST_RESERVED_AT_ONCE, nextReserve * 2);
    }

    private void reserve(List<ObjectId> segments) throws ClaimLostException {
        boolean held =
                shop.catalog()
                        .write(tables -> {
                            if (!lease.renewIn(tables)) {
                                return false;
                            }
                            reserve(tables, StoredObjects.Kind.SEGMENT, segments);
                            if (!manifestReserved) {
                                reserve(tables, StoredObjects.Kind.MANIFEST, List.of(manifest));
                            }
                            return true;
                        });
        if (!held) {
            throw new ClaimLostException(lease.claim());
        }
        manifestReserved = true;
    }

    private void reserve(Tables tables, StoredObjects.Kind kind, List<ObjectId> ids) {
        tables.objects().reserve(lease.claim(), scope, kind, ids);
    }

    private void write(Open segment) throws StoreException, ClaimLostException {
        try {
            Landing landing = new Landing(scope, List.of(land(segment)));
            if (!shop.catalog().write(t -> lease.renewIn(t) && landing.enter(t))) {
                landing.withdraw(shop.catalog(), store);
                throw new ClaimLostException(lease.claim());
            }
        } finally {
            shop.buffers().giveBack(segment.buffer());
        }
    }

    private Landing.Landed land(Open segment) throws StoreException {
        ByteBuffer bytes = segment.builder().finish();
        store.write(StoreLayout.segment(segment.id()), bytes);
        return new Landing.Landed(
                segment.id(),
                StoredObjects.Kind.SEGMENT,
                bytes.remaining(),
                segment.builder().names());
    }
}
