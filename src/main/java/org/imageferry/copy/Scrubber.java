package org.imageferry.copy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.RegionId;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what nobody reads: a block that many images share is stored once and then only referred to, so
/// its rot would hide until the day on which it is needed.
///
/// One object at a time, the one that was not looked at for longest, no faster than it must. When each
/// was, the catalog knows, so a restart loses nothing.
public final class Scrubber {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

    /// However little is stored, it is read at this speed when its time has come.
    private static final long LEAST_BYTES_PER_SECOND = 1 << 20;

    /// However small an object is, others have their turn before the next.
    private static final Duration LEAST_REST = Duration.ofMillis(100);

    private static final Duration IDLE = Duration.ofMinutes(1);

    /// An object's turn comes when half of the time is over, and a third of it is enough to read all:
    /// what is left is for standstills.
    private static final int TURNS = 2;

    private static final int PACE = 3;

    private final Workshop shop;
    private final Duration within;
    private final DamageReports reports;

    /// How many objects that wait longest could not be read just now, and are passed over.
    private final Map<RegionId, Integer> passed = new ConcurrentHashMap<>();

    /// @param within each object is read once in this time
    public Scrubber(Workshop shop, Duration within) {
        this.shop = shop;
        this.within = within;
        this.reports = DamageReports.of(shop);
    }

    /// Reads one object of the region, if one's turn has come.
    ///
    /// @return how long to rest before the next
    public Duration step(Region region) {
        Optional<StoredObject> next =
                region.health().gone().isPresent() ? Optional.empty() : next(region.id());
        if (next.isEmpty()) {
            passed.remove(region.id());
            return IDLE;
        }
        try {
            examine(region, next.get());
        } catch (StoreException e) {
            passed.merge(region.id(), 1, Integer::sum);
            LOG.atWarn()
                    .addKeyValue("object", next.get().id())
                    .addKeyValue("region", region.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("an object could not be read");
        }
        return rest(region.id(), next.get().bytes());
    }

    private Optional<StoredObject> next(RegionId region) {
        int skip = passed.getOrDefault(region, 0);
        return shop.catalog()
                .read(tables ->
                        tables.objects()
                                .unchecked(
                                        region, tables.now().minus(within.dividedBy(TURNS)), skip));
    }

    private void examine(Region region, StoredObject object) throws StoreException {
        Examination.of(region.store(), object).report(reports);
        shop.catalog()
                .write(tables -> {
                    tables.objects().checked(object.id());
                    return object;
                });
    }

    private Duration rest(RegionId region, long bytes) {
        StoredObjects.Usage usage = shop.catalog().read(tables -> tables.objects().usage(region));
        long stored = usage.needed().bytes() + usage.idle().bytes();
        long seconds = Math.max(1, within.dividedBy(PACE).toSeconds());
        long bytesPerSecond = Math.max(LEAST_BYTES_PER_SECOND, stored / seconds);
        Duration rest = Duration.ofMillis(bytes * 1_000 / bytesPerSecond);
        return rest.compareTo(LEAST_REST) < 0 ? LEAST_REST : rest;
    }
}
