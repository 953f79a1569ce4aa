package org.imageferry.copy;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;

/// Asks, inside the transaction that makes more of something, whether the account may have more of it.
final class Quotas {
    private static final long GIB = 1L << 30;

    private Quotas() {}

    /// @param snapshots how many come with the image
    /// @throws RefusedException `QuotaExceeded` if the account can't have one image more in the region,
    ///     or that many snapshots
    static void checkImage(Tables tables, AccountId account, RegionId region, int snapshots) {
        check(tables, account, Quota.IMAGES, tables.images().count(account, region) + 1);
        checkSnapshots(tables, account, region, snapshots);
    }

    /// @throws RefusedException `QuotaExceeded` if the account can't have that many more
    static void checkSnapshots(Tables tables, AccountId account, RegionId region, int more) {
        check(tables, account, Quota.SNAPSHOTS, tables.snapshots().count(account, region) + more);
    }

    /// @throws RefusedException `QuotaExceeded` if `wanted` are more than the account may have
    static void check(Tables tables, AccountId account, Quota quota, long wanted) {
        long most = tables.accounts().quota(account, quota);
        if (wanted > most) {
            throw new RefusedException(new Refusal.QuotaExceeded(quota, most));
        }
    }

    /// @throws RefusedException `ImageTooLarge` for the region or for the account
    static void checkSize(Tables tables, AccountId account, Image image, Region into) {
        long gib = tables.accounts().quota(account, Quota.IMAGE_GIB);
        long most = Math.min(into.mostImageBytes(), Math.min(gib, Long.MAX_VALUE / GIB) * GIB);
        if (image.bytes() > most) {
            throw new RefusedException(new Refusal.ImageTooLarge(image.bytes(), most));
        }
    }
}
