package org.imageferry.catalog;

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

    /// With its parts; what they hold is the collector's.
    void delete(SnapshotId id);

    /// How many the account has in the region.
    long count(AccountId account, RegionId region);

    /// Newest first, then by id.
    Page<Snapshot> list(Query query, int offset, int limit);

    /// Whether an open task reads it.
    boolean isRead(SnapshotId id);
}
