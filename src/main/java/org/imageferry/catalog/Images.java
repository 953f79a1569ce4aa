package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;

/// The images. A name is used once in an account and region, failed images apart: the table refuses
/// a second with [org.imageferry.domain.Refusal.NameTaken].
public interface Images {
    /// States by their names in the API, so that a filter need not know what a state carries.
    enum Status {
        Waiting,
        Creating,
        Available,
        UnAvailable,
        Deprecated,
        CreateFailed
    }

    /// Whose images to list.
    enum Whose {
        /// The account's own.
        OWN,

        /// Those of others that are shared with it.
        SHARED,

        OWN_AND_SHARED,

        /// Those of others that everybody may see.
        PUBLIC,

        /// Those of others in the marketplace, for whatever regions.
        MARKET
    }

    /// Which images to list; what is empty does not filter.
    ///
    /// @param account who asks
    /// @param tags all of them must match; an empty value matches any
    record Query(
            AccountId account,
            RegionId region,
            Whose whose,
            Set<Status> statuses,
            Set<ImageId> ids,
            Map<String, String> tags,
            Traits traits) {

        /// All of the account's own.
        public static Query own(AccountId account, RegionId region) {
            return new Query(account, region, Whose.OWN, Set.of(), Set.of(), Map.of(), Traits.ANY);
        }

        public Query of(Whose next) {
            return new Query(account, region, next, statuses, ids, tags, traits);
        }

        public Query in(Set<Status> next) {
            return new Query(account, region, whose, next, ids, tags, traits);
        }

        public Query named(Set<ImageId> next) {
            return new Query(account, region, whose, statuses, next, tags, traits);
        }

        public Query tagged(Map<String, String> next) {
            return new Query(account, region, whose, statuses, ids, next, traits);
        }

        public Query with(Traits next) {
            return new Query(account, region, whose, statuses, ids, tags, next);
        }
    }

    /// What is rarely filtered by.
    ///
    /// @param name exact; a `*` in it stands for any characters
    /// @param owner whose they are
    record Traits(
            Optional<String> name,
            Optional<String> family,
            Optional<ResourceGroupId> group,
            Optional<AccountId> owner,
            Optional<SnapshotId> snapshot,
            Optional<String> osType,
            Optional<String> architecture,
            Optional<Instant> createdFrom,
            Optional<Instant> createdTo) {
        public static final Traits ANY =
                new Traits(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        public static Traits name(String name) {
            return new Traits(
                    Optional.of(name),
                    ANY.family,
                    ANY.group,
                    ANY.owner,
                    ANY.snapshot,
                    ANY.osType,
                    ANY.architecture,
                    ANY.createdFrom,
                    ANY.createdTo);
        }

        public static Traits snapshot(SnapshotId snapshot) {
            return new Traits(
                    ANY.name,
                    ANY.family,
                    ANY.group,
                    ANY.owner,
                    Optional.of(snapshot),
                    ANY.osType,
                    ANY.architecture,
                    ANY.createdFrom,
                    ANY.createdTo);
        }
    }

    void insert(Image image);

    Optional<Image> find(ImageId id);

    /// Writes all of the image's row, its disks and its tags anew.
    void update(Image image);

    void delete(ImageId id);

    /// How many the account has in the region, failed ones apart.
    long count(AccountId account, RegionId region);

    boolean nameTaken(AccountId account, RegionId region, ImageName name);

    /// Newest first, then by id.
    Page<Image> list(Query query, int offset, int limit);

    /// The available image of the account's family that was created last.
    Optional<Image> newestOf(AccountId account, RegionId region, ImageFamily family);

    /// The account's copies of an image, in whatever regions, newest first; at most `limit`.
    List<Image> copiesOf(ImageId source, AccountId account, int limit);

    /// Failed images that were created before `instant`; at most `limit`.
    List<ImageId> failedBefore(Instant instant, int limit);

    boolean uses(SnapshotId snapshot);

    /// The images that have a disk whose bytes are the snapshot's, oldest first; at most `limit`.
    List<Image> madeOf(SnapshotId snapshot, int limit);

    /// The disk, of the image that was made first, whose bytes are the snapshot's.
    Optional<Disk> disk(SnapshotId snapshot);
}
