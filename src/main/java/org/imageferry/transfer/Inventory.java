package org.imageferry.transfer;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Outbox;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.RegionId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// What a catalog needs of a region's store: its live segments and manifests, and the records that tell
/// what the catalog knows, up to the last one that it knows to be written.
///
/// A store with just that belongs to this catalog: it is not newer, and a rebuild of it finds all. Records
/// that others superseded are not needed, but for one in a thousand, see [StoreIdentity#dropRecord].
///
/// @param catalog that nobody changes meanwhile
public record Inventory(Catalog catalog, RegionId region) {
    private static final int AT_ONCE = 1_000;

    /// @param object empty for a record
    public record Item(ObjectName name, Optional<StoredObject> object) {
        static Item of(StoredObject object) {
            ObjectName name =
                    switch (object.kind()) {
                        case SEGMENT -> StoreLayout.segment(object.id());
                        case MANIFEST -> StoreLayout.manifest(object.id());
                    };
            return new Item(name, Optional.of(object));
        }

        static Item record(long sequence) {
            return new Item(StoreLayout.record(sequence), Optional.empty());
        }
    }

    /// Takes some of the items.
    public interface Batch {
        void take(List<Item> items) throws StoreException;
    }

    /// Bytes of the segments and manifests.
    public long bytes() {
        StoredObjects.Usage usage = catalog.read(tables -> tables.objects().usage(region));
        return usage.needed().bytes() + usage.idle().bytes();
    }

    /// Hands out all of it, up to a thousand at once. A record may come twice.
    public void each(Batch to) throws StoreException {
        eachObject(to);
        eachRecord(to);
    }

    private void eachObject(Batch to) throws StoreException {
        List<StoredObject> some = live(Optional.empty());
        while (!some.isEmpty()) {
            to.take(some.stream().map(Item::of).toList());
            some = live(Optional.of(some.getLast()));
        }
    }

    private List<StoredObject> live(Optional<StoredObject> after) {
        return catalog.read(
                tables -> tables.objects().live(region, after.map(StoredObject::id), AT_ONCE));
    }

    private void eachRecord(Batch to) throws StoreException {
        long written = written();
        List<Outbox.Newest> some = newest(Optional.empty());
        while (!some.isEmpty()) {
            to.take(records(some.stream().mapToLong(Outbox.Newest::sequence), written));
            some = newest(Optional.of(some.getLast().subject()));
        }
        List<Long> superseded = catalog.read(tables -> tables.outbox().superseded(region));
        to.take(records(superseded.stream().mapToLong(it -> it), written));
        long kept = StoreIdentity.keptRecordEvery();
        to.take(
                records(
                        LongStream.iterate(kept - 1, it -> it <= written, it -> it + kept),
                        written));
    }

    private List<Outbox.Newest> newest(Optional<String> after) {
        return catalog.read(tables -> tables.outbox().newest(region, after, AT_ONCE));
    }

    private static List<Item> records(LongStream sequences, long written) {
        return sequences.filter(it -> it <= written).mapToObj(Item::record).toList();
    }

    /// The last record that the catalog knows to be in the store; 0 if none is.
    private long written() {
        return catalog.read(tables ->
                tables.outbox().pending(region, 1).stream()
                        .findFirst()
                        .map(next -> next.sequence() - 1)
                        .orElseGet(() -> tables.outbox().last(region)));
    }
}
