package org.imageferry.ecs;

/// What is refused about snapshots.
///
/// Source: ECS API 2014-05-26, DeleteSnapshot, "Error codes".
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
}
