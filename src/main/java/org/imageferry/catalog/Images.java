package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;

/// The images. A name is used once in an account and region, failed images apart: the table refuses
/// a second with [org.imageferry.domain.Refusal.NameTaken].
public interface Images {
    /// States by their names in the API, so that a filter need not know what a state carries.
    enum Status {
        Waiting,
        Creating,
        Available,
        Deprecated,
        CreateFailed
    }

    /// Which images to list; what is empty does not filter.
    ///
    /// @param name exact; a `*` in it stands for any characters
    /// @param tags all of them must match; an empty value matches any
    record Query(
            AccountId account,
            RegionId region,
            Set<Status> statuses,
            Set<ImageId> ids,
            Optional<String> name,
            Optional<SnapshotId> snapshot,
            Optional<String> osType,
            Optional<String> architecture,
            Map<String, String> tags,
            Optional<Instant> createdFrom,
            Optional<Instant> createdTo) {}

    void insert(Image image);

    Optional<Image> find(ImageId id);

    /// Writes all of the image's row, its disks and its tags anew.
    void update(Image image);

    void delete(ImageId id);

    boolean nameTaken(AccountId account, RegionId region, ImageName name);

    /// Newest first, then by id.
    Page<Image> list(Query query, int offset, int limit);

    /// Failed images that were created before `instant`; at most `limit`.
    List<ImageId> failedBefore(Instant instant, int limit);

    boolean uses(SnapshotId snapshot);

    /// The disk, of the image that was made first, whose bytes are the snapshot's.
    Optional<Disk> disk(SnapshotId snapshot);
}
