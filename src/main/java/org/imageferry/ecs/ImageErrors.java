package org.imageferry.ecs;

/// What is refused about an image, its names and its states, in the words of the images' pages.
///
/// Source: ECS API 2014-05-26, "Error codes" of CopyImage, DeleteImage, ImportImage,
/// ModifyImageAttribute and DescribeImages.
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

    public static final EcsError IMAGE_QUOTA =
            new EcsError(403, "QuotaExceed.Image", "The Image Quota exceeds.");
    public static final EcsError SNAPSHOT_QUOTA =
            new EcsError(403, "QuotaExceed.Snapshot", "The snapshot quota exceeds.");

    // ModifyImageAttribute
    public static final EcsError NAME_USED =
            new EcsError(
                    400,
                    "InvalidImageName.Duplicated",
                    "The specified Image name has already bean used.");
    public static final EcsError FAMILY =
            new EcsError(
                    400,
                    "InvalidImageFamily.Malformed",
                    "The specified parameter \"ImageFamily\" is malformed.");
    public static final EcsError BOOT_MODE =
            new EcsError(
                    400,
                    "InvalidBootMode.NotSupport",
                    "The specified parameter BootMode is not supported.");
    public static final EcsError BOOT_MODE_OF_ARCHITECTURE =
            BOOT_MODE.saying(
                    "The specified parameter BootMode is not supported for current image"
                            + " architecture.");
    public static final EcsError LICENSE_TYPE =
            new EcsError(
                    400,
                    "InvalidLicenseType.NotSupported",
                    "The specified parameter LicenseType is not supported.");
    public static final EcsError IMDS_SUPPORT =
            new EcsError(
                    400,
                    "InvalidParameter.FeaturesImdsSupport",
                    "The specified parameter Features.ImdsSupport is not supported.");
    public static final EcsError IMDS_STAYS =
            new EcsError(
                    403,
                    "InvalidOperation.FeaturesImdsSupportNotMatch",
                    "The specified parameter Features.ImdsSupport can not be set to v1 from v2.");
    public static final EcsError STATUS_NOT_AVAILABLE =
            new EcsError(
                    403,
                    "ImageStatus.NotAvailable",
                    "The specified image status is not available.");
    public static final EcsError STATUS_NOT_DEPRECATED =
            new EcsError(
                    403,
                    "ImageStatus.NotDeprecated",
                    "The specified image status is not deprecated.");

    // DescribeImages
    public static final EcsError OWNER_ALIAS =
            new EcsError(
                    400,
                    "InvalidImageOwnerAlias.ValueNotSupported",
                    "The specified ImageOwnerAlias value is not supported.");
    public static final EcsError OWNER_ID =
            new EcsError(
                    400,
                    "InvalidOperation.ImageOwnerIdUnsupported",
                    "The parameter \"ImageOwnerId\" is not supported in this context, it is only"
                            + " valid when querying shared images or community images.");
    public static final EcsError PUBLIC_OF_OTHERS =
            new EcsError(
                    400,
                    "InvalidImageOwnerAlias.PublicImageUnsupported",
                    "When querying images, the parameter ImageOwnerAlias should be others while"
                            + " specified parameter IsPublic is true.");
    public static final EcsError PARAMETER =
            new EcsError(400, "InvalidParamter", "Invalid Parameter.");
    public static final EcsError NETWORK_TYPE =
            new EcsError(
                    400,
                    "InvalidFilterValue.NetworkType",
                    "The specified networkType value in the Filter is invalid.");
    public static final EcsError FILTER_KEY =
            new EcsError(
                    404, "InvalidFilterKey.NotFound", "The specified Filter Key is not found.");
    public static final EcsError FILTER_VALUE =
            new EcsError(404, "InvalidFilterValue", "The specified Filter Value is not valid.");
    public static final EcsError USAGE =
            new EcsError(404, "InvalidUsage", "The specified Usage is not valid.");
    public static final EcsError OS_TYPE =
            new EcsError(404, "InvalidOSType", "The specified OSType is not valid.");
    public static final EcsError ARCHITECTURE =
            new EcsError(404, "InvalidArchitecture", "The specified Architecture is not valid.");
}
