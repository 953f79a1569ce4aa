package org.imageferry.ecs;

/// What CopyImage and CancelCopyImage refuse, in the words of their pages' "Error codes".
///
/// Source: ECS API 2014-05-26, CopyImage and CancelCopyImage.
public final class CopyErrors {
    private CopyErrors() {}

    public static final EcsError UNKNOWN_SOURCE_REGION =
            new EcsError(400, "SourceRegion.NotFound", "The source region not found");
    public static final EcsError UNKNOWN_DESTINATION_REGION =
            new EcsError(400, "DestinationRegion.NotFound", "The destination region not found");
    public static final EcsError DESTINATION_IMAGE_NAME =
            ImageErrors.IMAGE_NAME.saying(
                    "The specified destination Image name is wrongly formed.");
    public static final EcsError DESTINATION_DESCRIPTION =
            ImageErrors.DESCRIPTION.saying(
                    "The specified destination description is wrongly formed.");
    public static final EcsError SOURCE_SNAPSHOT_MISSING =
            new EcsError(
                    400, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
    public static final EcsError IMAGE_COPYING =
            new EcsError(403, "OperationDenied.ImageCopying", "The Image are coping.");
    public static final EcsError SAME_REGION =
            new EcsError(
                    403,
                    "IncorrectDestinationRegion",
                    "The destination region is not equal the target region.");
    public static final EcsError IMAGE_TOO_LARGE =
            new EcsError(
                    403,
                    "SizeExceed.Image",
                    "The image exceeds the maximum size. Please open a ticket to add the account to"
                            + " the white list.");
    public static final EcsError ALGORITHM_WITHOUT_ENCRYPTION =
            new EcsError(
                    400,
                    "InvalidEncrypted.NotMatchEncryptAlgorithm",
                    "The specified parameter Encrypted must be true when EncryptAlgorithm is not"
                            + " empty.");
    public static final EcsError ENCRYPT_ALGORITHM =
            new EcsError(
                    400,
                    "InvalidEncryptAlgorithm",
                    "The specified parameter EncryptAlgorithm is not valid.");
    public static final EcsError REGION_NOT_COPYING =
            new EcsError(403, "RegionNotSupportCopy", "The region not support copy.");
    public static final EcsError BARRED_DESTINATION =
            new EcsError(
                    403,
                    "OperationDenied.NonCompliantDestinationRegion",
                    "The copy operation to the destination region is not in compliance with"
                            + " regulations.");
    public static final EcsError SNAPSHOT_TOO_OLD =
            new EcsError(
                    403,
                    "InvalidSnapshot.TooOld",
                    "This operation is denied because the specified snapshot is created before"
                            + " 2013-07-15.");
    public static final EcsError COMMUNITY_IMAGE =
            new EcsError(
                    400,
                    "OperationDenied.CommunityImage",
                    "Community image does not support copy.");
    public static final EcsError SAME_REGION_ONLY =
            new EcsError(
                    403,
                    "OperationDenied.SameRegionOnly",
                    "The image shared from others can not be copied to another region directly.");
    public static final EcsError NOT_PUBLISHED =
            new EcsError(
                    403,
                    "OperationDenied.NotPublished",
                    "The operation is denied because corresponding marketplace image is not"
                            + " published in destination region.");

    // CancelCopyImage
    public static final EcsError NOT_A_COPY =
            new EcsError(
                    400,
                    "ImageCreatedNotFromCopy",
                    "The specified image is not the target image of a copy action.");
    public static final EcsError COPY_COMPLETED =
            new EcsError(400, "IncorrectImageStatus", "The image has completed copy.");
    public static final EcsError COPY_FAILED =
            new EcsError(400, "IncorrectImageStatus", "The Image copy has been failed.");
}
