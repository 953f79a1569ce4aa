package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;

/// The snapshots. One that an image's disk refers to, or that an open task reads, can't be deleted.
public interface Snapshots {
    /// What is empty does not filter.
    ///
    /// @param accomplished whether the last part has come
    /// @param used whether an image refers to it
    record Query(
            AccountId account,
            RegionId region,
            Set<SnapshotId> ids,
            Optional<String> name,
            Optional<Boolean> accomplished,
            Optional<Boolean> used) {}

    void insert(Snapshot snapshot);

    Optional<Snapshot> find(SnapshotId id);

    void update(Snapshot snapshot);

    /// With its parts; what they hold is the collector's. That it was there is remembered for a while.
    void delete(SnapshotId id);

    /// Whether it was the account's and is gone, as far as that is remembered.
    boolean wasDeleted(SnapshotId id, AccountId account);

    /// Forgets at most `limit` snapshots that were deleted before `instant`.
    void forgetDeleted(Instant instant, int limit);

    /// Those of the region whose time was over at `instant` and that nothing needs: no image is made of
    /// them, no task brings or reads them. At most `limit`.
    List<Snapshot> expired(RegionId region, Instant instant, int limit);

    /// How many the account has in the region.
    long count(AccountId account, RegionId region);

    /// Newest first, then by id.
    Page<Snapshot> list(Query query, int offset, int limit);

    /// Whether an open task reads it.
    boolean isRead(SnapshotId id);
}
