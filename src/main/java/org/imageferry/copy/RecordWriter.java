package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Outbox;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the records by which a store describes itself, from the catalog's outbox, in order.
///
/// Any number of writers may be at it, on any number of nodes: each writes a record only after it noted that
/// the one before is written, and what two write is the same.
public final class RecordWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final int AT_ONCE = 100;
    private final Workshop shop;
    private final Predicate<Region> onDuty;

    public RecordWriter(Workshop shop) {
        this(shop, _ -> true);
    }

    /// @param onDuty whether to write what is pending in a region: one writer is enough
    public RecordWriter(Workshop shop, Predicate<Region> onDuty) {
        this.shop = shop;
        this.onDuty = onDuty;
    }

    /// Writes records of the region that are pending.
    ///
    /// @return whether there were any
    public boolean step(Region region) {
        if (region.health().trouble().isPresent()) {
            return false;
        }
        List<Outbox.Entry> pending =
                shop.catalog().read(tables -> tables.outbox().pending(region.id(), AT_ONCE));
        if (pending.isEmpty() || !onDuty.test(region)) {
            return false;
        }
        try {
            for (Outbox.Entry record : pending) {
                write(region, record);
            }
            return true;
        } catch (StoreException e) {
            LOG.atWarn()
                    .addKeyValue("region", region.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("record not written yet");
            return false;
        }
    }

    private void write(Region region, Outbox.Entry record) throws StoreException {
        region.store()
                .write(
                        StoreLayout.record(record.sequence()),
                        ByteBuffer.wrap(record.body().getBytes(StandardCharsets.UTF_8)));
        if (record.supersedes().isPresent()) {
            StoreIdentity.dropRecord(region.store(), record.supersedes().get());
        }
        boolean late =
                shop.catalog()
                        .write(tables -> {
                            tables.outbox().written(region.id(), record.sequence());
                            return tables.outbox().isOvertaken(record);
                        });
        if (late) { // and so has just come back, though others had dropped it
            StoreIdentity.dropRecord(region.store(), record.sequence());
        }
    }
}
