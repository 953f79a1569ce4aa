package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// What is refused about images that several accounts see.
///
/// Source: ECS API 2014-05-26, ModifyImageSharePermission, "Error codes", where nothing else is said.
public final class SharingErrors {
    private SharingErrors() {}

    public static final EcsError UNKNOWN_ACCOUNT =
            new EcsError(
                    404,
                    "InvalidAccount.NotFound",
                    "The specified parameter \"AddAccount.n\" or \"RemoveAccount.n\" does not"
                            + " exist.");
    public static final EcsError OWN_ACCOUNT =
            new EcsError(
                    404, "InvalidAccount.Forbbiden", "The specified Account does not yourself.");
    public static final EcsError SHARED_IMAGES =
            new EcsError(403, "QuotaExceed.ShareImage", "The shared Image Quota exceeds.");
    public static final EcsError SHARED_ACCOUNTS =
            new EcsError(403, "QuotaExceed.ShareImageUser", "The shared Image user Quota exceeds.");
    public static final EcsError DEPRECATED =
            new EcsError(
                    403,
                    "OperationDenied.InvalidImageStatus",
                    "The specified image cannot be shared when it is deprecated.");
    public static final EcsError PUBLIC =
            new EcsError(403, "Image.Public", "The specified image is public image.");
    public static final EcsError PUBLIC_AND_SHARED =
            new EcsError(
                    403,
                    "InvalidParameter.IsPublic",
                    "The specified parameter IsPublic is conflicted with other parameters.");

    /// Of DescribeImages, which is served by the same switch.
    public static final EcsError NO_PUBLIC_IMAGES =
            new EcsError(
                    403,
                    "CurrentAccount.NotSupportPublicImage",
                    "Public image is not supported for current account.");

    // DeleteImage
    public static final EcsError SHARED_NOT_DELETED =
            new EcsError(
                    403,
                    "ImageUseShared",
                    "The specified image has been shared to others. You can use the"
                            + " DescribeImageSharePermission API to query the users who have been"
                            + " shared.");
    public static final EcsError PUBLIC_NOT_DELETED =
            new EcsError(
                    403,
                    "ImageIsPublic",
                    "You can not delete public image, please modify it to private.");

    // ModifyImageAttribute
    public static final EcsError SHARED =
            SHARED_NOT_DELETED.saying(
                    "The specified image has been shared to others, please remove shared accounts"
                            + " first.");

    static EcsError of(Refusal.Sharing refusal) {
        return switch (refusal) {
            case Refusal.Sharing.CommunityImage _ -> CopyErrors.COMMUNITY_IMAGE;
            case Refusal.Sharing.SharedElsewhere _ -> CopyErrors.SAME_REGION_ONLY;
            case Refusal.Sharing.NotPublished _ -> CopyErrors.NOT_PUBLISHED;
            case Refusal.Sharing.Shared _ -> SHARED;
            case Refusal.Sharing.Public _ -> PUBLIC;
            case Refusal.Sharing.PublicAndShared _ -> PUBLIC_AND_SHARED;
            case Refusal.Sharing.NoPublicImages _ -> NO_PUBLIC_IMAGES;
            case Refusal.Sharing.Deprecated _ -> DEPRECATED;
            case Refusal.Sharing.UnknownAccount it ->
                    UNKNOWN_ACCOUNT.advising("There is no account " + it.account() + ".");
            case Refusal.Sharing.OwnAccount it ->
                    OWN_ACCOUNT.advising(it.account() + " is the account of the caller.");
        };
    }
}
