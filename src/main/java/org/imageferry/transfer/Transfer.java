package org.imageferry.transfer;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.imageferry.copy.Examination;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.transfer.Inventory.Item;

/// Brings a region's objects into another store, and reads each there to see that it came whole.
///
/// It can be broken off at any time and begun again: what is there already is not brought again. The store
/// from which they come is only read.
public final class Transfer {
    /// Bytes of the longest object that we know: a manifest of the smallest blocks.
    private static final long MOST_BYTES = 32L << 20;

    /// A second try, for what did not come whole.
    private static final int TRIES = 2;

    /// What to think of an object that is there already.
    public enum There {
        /// It is as it should be: objects are there whole or not at all.
        TRUSTED,
        /// It is read, and brought again if it is bad.
        READ
    }

    private final Inventory inventory;
    private final RegionStore from;
    private final RegionStore to;
    private final There there;
    private final ExecutorService lanes;
    private final LongConsumer moved;

    /// @param lanes do several at once, each with one object in memory
    /// @param moved told now and then of so many bytes more that are there
    public Transfer(
            Inventory inventory,
            RegionStore from,
            RegionStore to,
            There there,
            ExecutorService lanes,
            LongConsumer moved) {
        this.inventory = inventory;
        this.from = from;
        this.to = to;
        this.there = there;
        this.lanes = lanes;
        this.moved = moved;
    }

    /// What came of it.
    ///
    /// @param objects how many the catalog needs
    /// @param brought how many of them were not there before
    /// @param missing those that neither store has
    /// @param damaged those that the first store has with damage, which came along
    public record Brought(
            long objects,
            long brought,
            long bytes,
            Set<ObjectName> missing,
            Set<ObjectName> damaged) {
        public Brought {
            missing = Set.copyOf(missing);
            damaged = Set.copyOf(damaged);
        }
    }

    /// What became of one object.
    private sealed interface Outcome {
        long bytes();

        record Kept(long bytes) implements Outcome {}

        record Came(long bytes, boolean damaged) implements Outcome {}

        record Missing() implements Outcome {
            @Override
            public long bytes() {
                return 0;
            }
        }
    }

    /// Does all of it.
    ///
    /// @throws StoreException if a store fails, or bytes do not arrive as they were sent
    public Brought run() throws StoreException {
        Sum sum = new Sum(names(to));
        inventory.each(items -> take(items, sum));
        return new Brought(sum.objects, sum.brought, sum.bytes, sum.missing, sum.damaged);
    }

    private static final class Sum {
        private final Set<ObjectName> present;
        private final Set<ObjectName> missing = new HashSet<>();
        private final Set<ObjectName> damaged = new HashSet<>();
        private long objects;
        private long brought;
        private long bytes;

        Sum(Set<ObjectName> present) {
            this.present = present;
        }

        void add(Item item, Outcome outcome) {
            objects++;
            switch (outcome) {
                case Outcome.Kept _ -> {}
                case Outcome.Came came -> {
                    brought++;
                    bytes += came.bytes();
                    if (came.damaged()) {
                        damaged.add(item.name());
                    }
                }
                case Outcome.Missing _ -> missing.add(item.name());
            }
        }
    }

    /// The names of all that a store holds: about a hundred bytes of memory each.
    static Set<ObjectName> names(RegionStore store) throws StoreException {
        Set<ObjectName> names = new HashSet<>();
        try (Stream<ObjectName> all = store.list("")) {
            all.forEach(names::add);
        } catch (UncheckedIOException e) {
            throw new StoreException(StoreException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
        return names;
    }

    private void take(List<Item> items, Sum sum) throws StoreException {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (Item item : items) {
            Callable<Outcome> bring = () -> bring(item, sum.present.contains(item.name()));
            outcomes.add(lanes.submit(bring));
        }
        try {
            for (int i = 0; i < items.size(); i++) {
                Outcome outcome = outcome(outcomes.get(i));
                sum.add(items.get(i), outcome);
                moved.accept(outcome.bytes());
            }
        } finally {
            outcomes.forEach(each -> each.cancel(true));
        }
    }

    private static Outcome outcome(Future<Outcome> future) throws StoreException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.FAILED, "interrupted", e);
        }
    }

    private Outcome bring(Item item, boolean present) throws StoreException {
        if (present && (there == There.TRUSTED || isRight(item))) {
            return new Outcome.Kept(item.object().map(object -> object.bytes()).orElse(0L));
        }
        Optional<ByteBuffer> bytes = ifThere(from, item.name());
        if (bytes.isEmpty()) {
            return new Outcome.Missing();
        }
        if (present) {
            to.delete(item.name());
        }
        return write(item, bytes.get());
    }

    /// Whether what is there is what should be. Records have no digests; they are compared.
    private boolean isRight(Item item) throws StoreException {
        if (item.object().isPresent()) {
            return Examination.of(to, item.object().get()).isRight();
        }
        Optional<ByteBuffer> told = ifThere(from, item.name());
        return told.isEmpty() || read(to, item.name()).equals(told.get());
    }

    private static Optional<ByteBuffer> ifThere(RegionStore store, ObjectName name)
            throws StoreException {
        try {
            return Optional.of(read(store, name));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Outcome write(Item item, ByteBuffer bytes) throws StoreException {
        for (int i = 1; ; i++) {
            to.write(item.name(), bytes.duplicate());
            boolean right =
                    item.object().isPresent() && Examination.of(to, item.object().get()).isRight();
            if (right || read(to, item.name()).equals(bytes)) {
                return new Outcome.Came(bytes.remaining(), item.object().isPresent() && !right);
            }
            to.delete(item.name());
            if (i == TRIES) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED,
                        item.name()
                                + " did not arrive as it was sent: check the disk or the server to"
                                + " which it was brought, then try again");
            }
        }
    }

    private static ByteBuffer read(RegionStore store, ObjectName name) throws StoreException {
        long length = store.length(name);
        if (length > MOST_BYTES) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED,
                    name + " has " + length + " bytes, which none of its kind has");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        store.read(name, 0, bytes);
        return bytes.flip();
    }
}
