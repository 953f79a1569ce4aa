package org.imageferry.domain;

import java.util.List;
import java.util.Optional;

/// What a task does.
public sealed interface Work {
    /// Makes snapshots, part by part.
    sealed interface Bringing extends Work {}

    /// Brings the source image's bytes into the task's region.
    record CopyImage(ImageId source, RegionId sourceRegion, BlockCheck check) implements Bringing {}

    /// Brings the source snapshot's bytes into the task's region.
    ///
    /// @param snapshot that gets them
    record CopySnapshot(SnapshotId source, RegionId sourceRegion, SnapshotId snapshot)
            implements Bringing {}

    /// Makes an image of objects in the region's buckets.
    record ImportImage(List<ImportedDisk> disks) implements Bringing {
        public ImportImage {
            disks = List.copyOf(disks);
        }
    }

    /// Writes an image's disks as objects into a bucket.
    ///
    /// @param prefix begins the objects' names; may be empty
    record ExportImage(BucketName bucket, String prefix, ExportFormat format) implements Work {}

    /// Reads all blocks of an image, or of all of the account's snapshots in the region, and checks
    /// them.
    record VerifyImages(Optional<ImageId> image) implements Work {}

    /// A disk as it lies in a bucket. The task reads this very object or fails: length and ETag were
    /// pinned when it was accepted.
    record ImportedDisk(
            BucketName bucket, ObjectKey object, long length, String etag, String format) {}

    /// The API's name of the action, which is also the queue the task waits in.
    default Action action() {
        return switch (this) {
            case CopyImage _ -> Action.CopyImage;
            case CopySnapshot _ -> Action.CopySnapshot;
            case ImportImage _ -> Action.ImportImage;
            case ExportImage _ -> Action.ExportImage;
            case VerifyImages _ -> Action.VerifyImages;
        };
    }

    /// The names are the wire's `TaskAction`; the last is ours.
    enum Action {
        CopyImage,
        CopySnapshot,
        ImportImage,
        ExportImage,
        VerifyImages;

        /// Whether its work is [Bringing].
        public boolean brings() {
            return switch (this) {
                case CopyImage, CopySnapshot, ImportImage -> true;
                case ExportImage, VerifyImages -> false;
            };
        }
    }
}
