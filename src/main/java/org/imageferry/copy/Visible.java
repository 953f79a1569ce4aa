package org.imageferry.copy;

import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;

/// Finds images that an account may see: its own, and those of others that are shared with it, public
/// or in the marketplace. All others do not exist for it.
public final class Visible {
    /// As what an account sees an image. One that is several of these is the first of them.
    public enum As {
        OWN,
        MARKET,
        SHARED,
        PUBLIC
    }

    private Visible() {}

    /// @return nothing if the account may not see it
    public static Optional<As> to(AccountId account, Tables tables, Image image) {
        if (image.account().equals(account)) {
            return Optional.of(As.OWN);
        }
        if (!tables.shares().published(image.id()).isEmpty()) {
            return Optional.of(As.MARKET);
        }
        if (tables.shares().isShared(image.id(), account)) {
            return Optional.of(As.SHARED);
        }
        return image.attributes().isPublic() ? Optional.of(As.PUBLIC) : Optional.empty();
    }

    /// Whether the account takes part in public images: makes some, and sees those of others.
    public static boolean publicImages(Tables tables, AccountId account) {
        return tables.accounts()
                .find(account)
                .filter(it -> it.switches().publicImages())
                .isPresent();
    }

    /// @throws RefusedException `UnknownImage` if there is none that the account may see
    public static Image image(Tables tables, AccountId account, RegionId region, ImageId id) {
        return tables.images()
                .find(id)
                .filter(image -> image.region().equals(region))
                .filter(image -> to(account, tables, image).isPresent())
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownImage(id)));
    }

    /// Whether the account may copy an image that it sees. Its own it may copy anywhere; one that is
    /// shared with it, within its region; one in the marketplace, into the regions it is there for.
    ///
    /// @throws RefusedException [Refusal.Sharing] if it may not
    static void checkCopy(Tables tables, AccountId account, Image image, RegionId destination) {
        if (image.account().equals(account)) {
            return;
        }
        Set<RegionId> published = tables.shares().published(image.id());
        boolean shared = tables.shares().isShared(image.id(), account);
        boolean within = shared && image.region().equals(destination);
        if (!within && !published.contains(destination)) {
            throw new RefusedException(notCopied(image, destination, shared, !published.isEmpty()));
        }
    }

    private static Refusal notCopied(
            Image image, RegionId destination, boolean shared, boolean published) {
        if (published) {
            return new Refusal.Sharing.NotPublished(image.id(), destination);
        }
        return shared
                ? new Refusal.Sharing.SharedElsewhere(image.id())
                : new Refusal.Sharing.CommunityImage(image.id());
    }
}
