package org.imageferry.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;

/// Who else may see an image, besides its owner: the accounts with which it is shared; and everybody,
/// once it is in the marketplace. All of that goes with the image.
public interface ImageShares {
    /// @param since when it was shared
    record Share(AccountId account, Instant since) {}

    /// Shares the image with the account, unless it is.
    void add(Image image, AccountId account);

    /// Shares it no more, if it was.
    void remove(ImageId image, AccountId account);

    boolean isShared(ImageId image, AccountId account);

    /// Those of the images that are shared with anybody.
    Set<ImageId> sharedOf(Collection<ImageId> images);

    /// Whom it is shared with: by time, then by id.
    Page<Share> accounts(ImageId image, int offset, int limit);

    /// How many of the owner's images in the region are shared with anybody.
    long sharedImages(AccountId owner, RegionId region);

    /// The regions into which everybody may copy it: none if it is not in the marketplace.
    Set<RegionId> published(ImageId image);

    /// Those of the images that are in the marketplace.
    Set<ImageId> publishedOf(Collection<ImageId> images);

    /// Puts the image into the marketplace of these regions and no others; of none takes it out.
    void publish(ImageId image, Set<RegionId> regions);
}
