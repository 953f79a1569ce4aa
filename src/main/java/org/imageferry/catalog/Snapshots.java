package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;

/// The snapshots. One that an image's disk refers to, or that an open task reads, can't be deleted.
public interface Snapshots {
    /// Which snapshots to list; what is empty does not filter.
    ///
    /// @param tags all of them must match; an empty value matches any
    record Query(
            AccountId account,
            RegionId region,
            Set<SnapshotId> ids,
            Map<String, String> tags,
            Traits traits) {
        /// All of the account's in the region.
        public static Query of(AccountId account, RegionId region) {
            return new Query(account, region, Set.of(), Map.of(), Traits.ANY);
        }

        public Query with(Traits next) {
            return new Query(account, region, ids, tags, next);
        }
    }

    /// @param name exact; a `*` in it stands for any characters
    /// @param accomplished whether the last part has come
    /// @param used whether an image refers to it
    /// @param system whether it is the system disk of an image, or a data disk
    /// @param encrypted only those that are
    /// @param key only those that are encrypted with it
    record Traits(
            Optional<String> name,
            Optional<Boolean> accomplished,
            Optional<Boolean> used,
            Optional<Boolean> system,
            Optional<ResourceGroupId> group,
            Optional<Instant> createdFrom,
            Optional<Instant> createdTo,
            boolean encrypted,
            Optional<String> key) {
        /// Encrypted or not.
        public Traits(
                Optional<String> name,
                Optional<Boolean> accomplished,
                Optional<Boolean> used,
                Optional<Boolean> system,
                Optional<ResourceGroupId> group,
                Optional<Instant> createdFrom,
                Optional<Instant> createdTo) {
            this(
                    name,
                    accomplished,
                    used,
                    system,
                    group,
                    createdFrom,
                    createdTo,
                    false,
                    Optional.empty());
        }

        public static final Traits ANY =
                new Traits(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        /// Those whose last part has come.
        public static final Traits ACCOMPLISHED =
                new Traits(
                        ANY.name,
                        Optional.of(true),
                        ANY.used,
                        ANY.system,
                        ANY.group,
                        ANY.createdFrom,
                        ANY.createdTo);
    }

    /// A place in the order of lists: behind the snapshot of this age and id.
    record Place(Instant created, SnapshotId id) {}

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

    /// As [#list(Query, int, int)], from a place on: nothing is listed twice or left out, whatever is
    /// made or deleted between two pages.
    Page<Snapshot> list(Query query, Optional<Place> after, int limit);

    /// Whether an open task reads it.
    boolean isRead(SnapshotId id);
}
