package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Outbox;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the records by which a store describes itself, from the catalog's outbox, in order.
public final class RecordWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final int AT_ONCE = 100;
    private final Workshop shop;

    public RecordWriter(Workshop shop) {
        this.shop = shop;
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
        try {
            for (Outbox.Entry record : pending) {
                write(region, record);
            }
            return !pending.isEmpty();
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
        shop.catalog()
                .write(tables -> {
                    tables.outbox().written(region.id(), record.sequence());
                    return record;
                });
    }
}
