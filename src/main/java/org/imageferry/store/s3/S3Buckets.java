package org.imageferry.store.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.Scratch;
import org.imageferry.store.StoreException;
import org.imageferry.store.Timing;

/// Keeps one region's disk images in a bucket of a server that speaks S3: those of an account's bucket
/// begin with `ACCOUNT/BUCKET/`. What any other tool puts there can be imported, and what is exported
/// is an object as any other.
///
/// What is exported is gathered in a scratch file, since it comes in any order and S3 wants it in
/// pieces of 5 MiB at least, and is sent in parts when it is whole. Holes are sent as zeros: S3 knows
/// none.
public final class S3Buckets implements Buckets {
    private final S3Connection connection;
    private final ParallelReads reads;
    private final Sending sending;

    /// What all uploads share.
    ///
    /// @param executor starts whatever it is given at once
    /// @param newest the last upload begun of each key; the others have lost their place
    record Sending(
            Scratch scratch,
            Executor executor,
            Timing timing,
            PendingUploads pending,
            AtomicLong begun,
            Map<String, S3Upload> newest) {
        /// A text that no other upload has.
        String token() {
            return Long.toHexString((long) (timing.chance() * Long.MAX_VALUE))
                    + "-"
                    + begun.incrementAndGet();
        }
    }

    /// @param scratch where exports are gathered; nobody else's
    /// @param executor starts whatever it is given at once
    public S3Buckets(
            S3Connection connection,
            ParallelReads reads,
            Scratch scratch,
            Executor executor,
            Timing timing) {
        this.connection = connection;
        this.reads = reads;
        this.sending =
                new Sending(
                        scratch,
                        executor,
                        timing,
                        new PendingUploads(connection),
                        new AtomicLong(),
                        new ConcurrentHashMap<>());
    }

    /// Every account has [#DEFAULT], and no other.
    @Override
    public Optional<Bucket> find(AccountId account, RegionId region, BucketName name) {
        if (!name.equals(DEFAULT)) {
            return Optional.empty();
        }
        S3Place place = connection.place().below(account + "/" + name + "/");
        return Optional.of(new S3Bucket(connection, place, reads, sending));
    }

    /// Throws away what uploads sent that were begun before `before` and never ended: their process is
    /// gone.
    ///
    /// @return how many
    public int forgetUploads(Instant before) throws StoreException {
        return sending.pending().forget(before);
    }
}
