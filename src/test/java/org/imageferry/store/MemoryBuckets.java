package org.imageferry.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.RegionId;

/// Buckets in memory: those that were added, and everybody's default one.
public final class MemoryBuckets implements Buckets {
    private record Place(AccountId account, RegionId region, BucketName name) {}

    private final Map<Place, MemoryBucket> buckets = new ConcurrentHashMap<>();

    @Override
    public Optional<Bucket> find(AccountId account, RegionId region, BucketName name) {
        return name.equals(DEFAULT)
                ? Optional.of(add(account, region, name))
                : Optional.ofNullable(buckets.get(new Place(account, region, name)));
    }

    /// Makes a bucket, unless it is there.
    public MemoryBucket add(AccountId account, RegionId region, BucketName name) {
        return buckets.computeIfAbsent(new Place(account, region, name), _ -> new MemoryBucket());
    }
}
