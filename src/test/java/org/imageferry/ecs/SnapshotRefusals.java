package org.imageferry.ecs;

import static org.imageferry.ecs.EcsErrorTest.row;

import java.util.stream.Stream;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;

/// The refusals about snapshots, and their words.
final class SnapshotRefusals {
    private static final SnapshotId SNAPSHOT = new SnapshotId("s-" + "0".repeat(20));
    private static final SnapshotId COPY = new SnapshotId("s-" + "1".repeat(20));

    private SnapshotRefusals() {}

    static Stream<EcsErrorTest.Row> rows() {
        return Stream.of(
                row(
                        new Refusal.Malformed("SnapshotName", "1"),
                        "400 InvalidSnapshotName.Malformed",
                        "The specified SnapshotName is wrongly formed."),
                row(
                        new Refusal.OfSnapshot.NotReady(SNAPSHOT),
                        "403 InvalidSnapshotId.NotReady",
                        "The current status of the DiskDeviceMapping.n.SnapshotId or SnapshotId"
                                + " does not support this operation."),
                row(
                        new Refusal.OfSnapshot.Damaged(SNAPSHOT, "a bit flipped"),
                        "404 InvalidSnapshotId.NotFound",
                        "The specified SnapshotId does not exist."),
                row(
                        new Refusal.OfSnapshot.SameRegion(new RegionId("cn-hangzhou")),
                        "403 InvalidOperation.NotSupportCopyInSameRegion",
                        "Copying snapshot in the same region is not supported. Please specify a"
                                + " different DestinationRegionId and try again."),
                row(
                        new Refusal.OfSnapshot.BeingCopied(SNAPSHOT, COPY),
                        "403 InvalidOperation.DiskHasUnfinishedSnapshotCopy",
                        "There is an unfinished snapshot copy \""
                                + COPY
                                + "\" of this disk in the target region. Please change the region or"
                                + " wait for the copy to complete before trying again."),
                row(
                        new Refusal.OfSnapshot.Busy(SNAPSHOT),
                        "403 Operation.Conflict",
                        "The operation may conflicts with others, please retry later."),
                row(
                        new Refusal.OfSnapshot.RetentionShortened(SNAPSHOT, 10),
                        "400 InvalidRetentionDays.Malformed",
                        "The specified RetentionDays is not valid."));
    }
}
