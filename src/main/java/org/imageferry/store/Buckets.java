package org.imageferry.store;

import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.RegionId;

/// All buckets. Each belongs to one account and one region, so its name is a secret to nobody and a
/// hint to nobody.
public interface Buckets {
    /// Every account has a bucket of this name in every region.
    BucketName DEFAULT = new BucketName("images");

    Optional<Bucket> find(AccountId account, RegionId region, BucketName name);
}
