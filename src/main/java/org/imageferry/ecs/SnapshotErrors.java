package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// What is refused about snapshots.
///
/// Sources: ECS API 2014-05-26, CopySnapshot, CreateImage, DeleteSnapshot and ModifySnapshotAttribute,
/// "Error codes"; "Public error codes".
public final class SnapshotErrors {
    private SnapshotErrors() {}

    public static final EcsError UNKNOWN_SNAPSHOT =
            new EcsError(
                    404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
    public static final EcsError SNAPSHOT_IN_USE =
            new EcsError(
                    403,
                    "SnapshotCreatedImage",
                    "The snapshot has been used to create user defined image(s).");
    public static final EcsError SNAPSHOT_BUSY =
            new EcsError(
                    403,
                    "Operation.Conflict",
                    "The operation may conflicts with others, please retry later.");
    public static final EcsError SNAPSHOT_NOT_READY =
            new EcsError(
                    403,
                    "InvalidSnapshotId.NotReady",
                    "The current status of the DiskDeviceMapping.n.SnapshotId or SnapshotId does"
                            + " not support this operation.");
    public static final EcsError SNAPSHOT_NAME =
            new EcsError(
                    400,
                    "InvalidSnapshotName.Malformed",
                    "The specified SnapshotName is wrongly formed.");
    public static final EcsError NO_ATTRIBUTE =
            new EcsError(
                    400, "NoAttributeToModify", "No attribute to be modified in this request.");

    /// The words are ours: the pages have none for it.
    public static final EcsError RETENTION_DAYS =
            new EcsError(
                    400,
                    "InvalidRetentionDays.Malformed",
                    "The specified RetentionDays is not valid.");

    public static final EcsError SNAPSHOT_MAKES_NO_IMAGES =
            new EcsError(
                    403,
                    "OperationDenied",
                    "The specified snapshot is not allowed to create image.");
    public static final EcsError SNAPSHOT_IN_SAME_REGION =
            new EcsError(
                    403,
                    "InvalidOperation.NotSupportCopyInSameRegion",
                    "Copying snapshot in the same region is not supported. Please specify a"
                            + " different DestinationRegionId and try again.");

    private static EcsError beingCopied(Refusal.OfSnapshot.BeingCopied refusal) {
        return new EcsError(
                403,
                "InvalidOperation.DiskHasUnfinishedSnapshotCopy",
                "There is an unfinished snapshot copy \""
                        + refusal.copy()
                        + "\" of this disk in the target region. Please change the region or wait"
                        + " for the copy to complete before trying again.");
    }

    /// A damaged snapshot is as good as none: only the advice tells what became of it.
    static EcsError of(Refusal.OfSnapshot refusal) {
        return switch (refusal) {
            case Refusal.OfSnapshot.NotReady _ -> SNAPSHOT_NOT_READY;
            case Refusal.OfSnapshot.Damaged it ->
                    UNKNOWN_SNAPSHOT.advising(
                            "Snapshot "
                                    + it.snapshot()
                                    + " is damaged: "
                                    + it.damage()
                                    + ". If its bytes were put right since, verify them again.");
            case Refusal.OfSnapshot.SameRegion _ -> SNAPSHOT_IN_SAME_REGION;
            case Refusal.OfSnapshot.BeingCopied it -> beingCopied(it);
            case Refusal.OfSnapshot.Busy _ -> SNAPSHOT_BUSY;
            case Refusal.OfSnapshot.MakesNoImages _ -> SNAPSHOT_MAKES_NO_IMAGES;
            case Refusal.OfSnapshot.RetentionShortened it ->
                    RETENTION_DAYS.advising(
                            "It is kept for "
                                    + it.days()
                                    + " days, which can be made more, but not fewer.");
        };
    }
}
