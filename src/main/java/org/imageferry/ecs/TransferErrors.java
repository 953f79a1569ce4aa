package org.imageferry.ecs;

/// What ImportImage, ExportImage and the buckets refuse.
///
/// Source: ECS API 2014-05-26, ImportImage and ExportImage, "Error codes". Uploads have no action at
/// ECS: their codes are ours.
public final class TransferErrors {
    private TransferErrors() {}

    public static final EcsError IMAGE_FORMAT =
            new EcsError(
                    400,
                    "InvalidImageFormat.Malformed",
                    "The specified Image Format is wrongly formed.");
    public static final EcsError UNKNOWN_BUCKET =
            new EcsError(
                    400,
                    "InvalidOSSBucket.NotFound",
                    "The specified OSS bucket does not exist in this region.");
    public static final EcsError UNKNOWN_OBJECT =
            new EcsError(
                    400,
                    "InvalidOSSObject.NotFound",
                    "The specified OSS object does not exist in this region.");
    public static final EcsError OBJECT_KEY =
            new EcsError(
                    400,
                    "InvalidOSSObject.Malformed",
                    "The specified OSS object is wrongly formed.");

    // Ours
    public static final EcsError UPLOAD_MISMATCH =
            new EcsError(409, "UploadMismatch", "The upload does not fit what was announced.");
    public static final EcsError RANGE =
            new EcsError(416, "InvalidRange", "The specified Range can't be read.");
}
