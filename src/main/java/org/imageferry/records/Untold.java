package org.imageferry.records;

import java.util.List;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.UserId;

/// Makes the records of which a region's store has none yet: it is new, or what is there is older than
/// records of it.
public final class Untold {
    private static final int AT_ONCE = 100;

    private Untold() {}

    /// Enters what is lacking for the region's store, in several transactions of bounded length. From then
    /// on each change enters its own.
    public static void tell(Catalog catalog, RegionId region) {
        catalog.write(tables -> {
            if (!tables.outbox().isTold(region, region.value())) {
                RegionRecord.changed(tables, region);
            }
            return region;
        });
        while (tellAccounts(catalog, region) == AT_ONCE) {
            // there may be more
        }
        while (tellUsers(catalog, region) == AT_ONCE) {
            // there may be more
        }
    }

    private static int tellAccounts(Catalog catalog, RegionId region) {
        return catalog.write(tables -> {
            List<AccountId> some = tables.outbox().untoldAccounts(region, AT_ONCE);
            some.forEach(id -> AccountRecord.tell(tables, id, region));
            return some.size();
        });
    }

    private static int tellUsers(Catalog catalog, RegionId region) {
        return catalog.write(tables -> {
            List<UserId> some = tables.outbox().untoldUsers(region, AT_ONCE);
            some.forEach(id -> UserRecord.tell(tables, id, region));
            return some.size();
        });
    }
}
