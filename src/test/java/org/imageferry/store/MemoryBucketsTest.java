package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.Test;

class MemoryBucketsTest implements BucketContract, ResumableUploadContract {
    private static final AccountId ACCOUNT = new AccountId("1000000000000001");
    private static final RegionId REGION = new RegionId("cn-hangzhou");

    private final MemoryBuckets buckets = new MemoryBuckets();

    @Override
    public Bucket bucket() {
        return buckets.find(ACCOUNT, REGION, Buckets.DEFAULT).orElseThrow();
    }

    @Override
    public Bucket reopened() {
        return bucket();
    }

    @Test
    void aBucketIsThereOnceItIsAdded() {
        BucketName name = new BucketName("golden-images");
        assertThat(buckets.find(ACCOUNT, REGION, name)).isEmpty();

        MemoryBucket added = buckets.add(ACCOUNT, REGION, name);

        assertThat(buckets.find(ACCOUNT, REGION, name)).containsSame(added);
    }
}
