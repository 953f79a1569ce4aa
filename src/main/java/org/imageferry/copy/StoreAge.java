package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Outbox;
import org.imageferry.domain.RegionId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Tells by its records whether a store is newer than the catalog.
///
/// A store has the records that the catalog knows to be written, and may have the one that was being written
/// when the last process ended. So a catalog that is older never becomes new enough by what is added to its
/// outbox.
public final class StoreAge {
    /// While we look, other nodes go on writing records and dropping those that are superseded.
    private static final int MOST_LOOKS = 5;

    private StoreAge() {}

    /// A store's last record, and the last one that the catalog knows to be there.
    public record Newer(long written, long known) {}

    /// @return nothing if the catalog knows all that the store has
    public static Optional<Newer> newer(Catalog catalog, RegionId region, RegionStore store)
            throws StoreException {
        for (int i = 1; ; i++) {
            try {
                return look(catalog, region, store);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING || i == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }

    private static Optional<Newer> look(Catalog catalog, RegionId region, RegionStore store)
            throws StoreException {
        long written = StoreIdentity.lastRecord(store);
        Optional<Outbox.Entry> next =
                catalog.read(tables -> tables.outbox().pending(region, 1).stream().findFirst());
        long last = catalog.read(tables -> tables.outbox().last(region));
        long known = next.isEmpty() ? last : next.get().sequence() - 1;
        if (written <= known) {
            return Optional.empty();
        }
        boolean justWritten =
                next.isPresent() && written == known + 1 && isWritten(store, next.get());
        return justWritten ? Optional.empty() : Optional.of(new Newer(written, known));
    }

    private static boolean isWritten(RegionStore store, Outbox.Entry record) throws StoreException {
        byte[] body = record.body().getBytes(StandardCharsets.UTF_8);
        ObjectName name = StoreLayout.record(record.sequence());
        if (store.length(name) != body.length) {
            return false;
        }
        ByteBuffer stored = ByteBuffer.allocate(body.length);
        store.read(name, 0, stored);
        return stored.flip().equals(ByteBuffer.wrap(body));
    }
}
