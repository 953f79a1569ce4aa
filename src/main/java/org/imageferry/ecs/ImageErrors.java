package org.imageferry.ecs;

/// What is refused about an image, its names and its states, in the words of the images' pages.
///
/// Source: ECS API 2014-05-26, "Error codes" of CopyImage, DeleteImage and ImportImage, which share them.
public final class ImageErrors {
    private ImageErrors() {}

    public static final EcsError IMAGE_NAME =
            new EcsError(
                    400,
                    "InvalidImageName.Malformed",
                    "The specified Image name is wrongly formed.");
    public static final EcsError DESCRIPTION =
            new EcsError(
                    400,
                    "InvalidDescription.Malformed",
                    "The specified description is wrongly formed.");
    public static final EcsError UNKNOWN_IMAGE =
            new EcsError(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
    public static final EcsError IMAGE_NOT_AVAILABLE =
            new EcsError(400, "IncorrectImageStatus", "The image not available.");
    public static final EcsError NAME_TAKEN =
            new EcsError(400, "InvalidImageName.Duplicated", "The destination image is exist.");
    public static final EcsError IMAGE_IMPORTING =
            new EcsError(403, "ImageIsImporting", "The specified Image is importing.");
    public static final EcsError IMAGE_EXPORTING =
            new EcsError(403, "ImageIsExporting", "The specified Image is exporting.");
}
