package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Outbox;
import org.imageferry.records.Untold;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether a region's store is the one that belongs to this catalog, and can be used: at
/// each start, and whenever it was in trouble.
public final class RegionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(RegionOpener.class);
    private final Catalog catalog;

    public RegionOpener(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Opens the region, or says in its health why it can't be.
    public void open(Region region) {
        try {
            catalog.write(tables -> {
                tables.regions().ensure(region.id());
                return region;
            });
            recognise(region);
        } catch (StoreException | DamagedException e) {
            region.health().broken(noted(region, e));
            return;
        }
        try {
            Generations.raise(catalog, region);
            Untold.tell(catalog, region.id());
            region.health().well();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.FULL) {
                region.health().full(noted(region, e));
            } else {
                region.health().broken(noted(region, e));
            }
        }
    }

    /// Logs the reason, unless it is the one that is known already.
    private static String noted(Region region, Exception e) {
        String reason = String.valueOf(e.getMessage());
        if (!region.health().trouble().equals(Optional.of(reason))) {
            LOG.atError()
                    .addKeyValue("region", region.id())
                    .addKeyValue("reason", reason)
                    .log("region unavailable");
        }
        return reason;
    }

    private void recognise(Region region) throws StoreException, DamagedException {
        String installation = catalog.read(tables -> tables.regions().installation());
        long generation = catalog.read(tables -> tables.regions().generation(region.id()));
        Optional<StoreIdentity> identity = StoreIdentity.read(region.store());
        if (identity.isEmpty()) {
            if (generation > 0) {
                throw foreign(
                        region,
                        "is empty, though the catalog has used it before: put the"
                                + " store back where it was");
            }
            new StoreIdentity(installation, region.id()).write(region.store());
            return;
        }
        if (!identity.get().installation().equals(installation)) {
            throw foreign(
                    region,
                    "belongs to installation "
                            + identity.get().installation()
                            + ", this is "
                            + installation
                            + ": give the region another store, or this"
                            + " store its own catalog");
        }
        if (!identity.get().region().equals(region.id())) {
            throw foreign(region, "is that of region " + identity.get().region());
        }
        requireNewest(region);
    }

    /// A store has the records that the catalog knows to be written, and may have the one that was being
    /// written when the last process ended. So a catalog that is older never becomes new enough by what is
    /// added to its outbox.
    private void requireNewest(Region region) throws StoreException {
        long written = StoreIdentity.lastRecord(region.store());
        Optional<Outbox.Entry> next =
                catalog.read(
                        tables -> tables.outbox().pending(region.id(), 1).stream().findFirst());
        long known =
                next.map(Outbox.Entry::sequence)
                        .orElseGet(() -> catalog.read(tables -> tables.outbox().last(region.id())));
        boolean same = next.isEmpty() || written != known || isWritten(region, next.get());
        if (written > known || !same) {
            throw foreign(
                    region,
                    "holds record "
                            + written
                            + ", the catalog knows of "
                            + (same ? known : known - 1)
                            + ": the catalog is older than the store, probably restored from a backup; put"
                            + " the newer catalog back, or stop the server and make one anew with"
                            + " `imageferry rebuild`");
        }
    }

    private static boolean isWritten(Region region, Outbox.Entry record) throws StoreException {
        byte[] body = record.body().getBytes(StandardCharsets.UTF_8);
        ObjectName name = StoreLayout.record(record.sequence());
        if (region.store().length(name) != body.length) {
            return false;
        }
        ByteBuffer stored = ByteBuffer.allocate(body.length);
        region.store().read(name, 0, stored);
        return stored.flip().equals(ByteBuffer.wrap(body));
    }

    private static StoreException foreign(Region region, String what) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE, "the store of region " + region.id() + " " + what);
    }
}
