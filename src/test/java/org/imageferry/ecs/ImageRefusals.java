package org.imageferry.ecs;

import java.util.Arrays;
import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;

/// What is refused about images, with the words that [EcsErrorTest] wants for it.
final class ImageRefusals {
    private static final ImageId IMAGE = new ImageId("m-" + "0".repeat(20));
    private static final SnapshotId SNAPSHOT = new SnapshotId("s-" + "0".repeat(20));
    private static final RegionId REGION = new RegionId("cn-hangzhou");
    private static final AccountId ACCOUNT = new AccountId("0".repeat(16));
    private static final ResourceGroupId GROUP = new ResourceGroupId("rg-other");

    private ImageRefusals() {}

    static Stream<EcsErrorTest.Row> rows() {
        return Stream.of(quotas(), barred(), sharing(), attributes()).flatMap(rows -> rows);
    }

    /// @param words status and code, then the message
    private static EcsErrorTest.Row row(Refusal refusal, String... words) {
        return new EcsErrorTest.Row(
                refusal, words[0], String.join(" ", Arrays.asList(words).subList(1, words.length)));
    }

    private static EcsErrorTest.Row exceeded(Quota quota, String code, String message) {
        return row(new Refusal.QuotaExceeded(quota, 3), "403 " + code, message);
    }

    private static Stream<EcsErrorTest.Row> quotas() {
        return Stream.of(
                exceeded(Quota.IMAGES, "QuotaExceed.Image", "The Image Quota exceeds."),
                exceeded(Quota.SNAPSHOTS, "QuotaExceed.Snapshot", "The snapshot quota exceeds."),
                exceeded(
                        Quota.SHARED_IMAGES,
                        "QuotaExceed.ShareImage",
                        "The shared Image Quota exceeds."),
                exceeded(
                        Quota.IMAGE_ACCOUNTS,
                        "QuotaExceed.ShareImageUser",
                        "The shared Image user Quota exceeds."),
                row(
                        new Refusal.UnknownResourceGroup(GROUP),
                        "404 InvalidResourceGroup.NotFound",
                        "The ResourceGroup provided does not exist in our records."));
    }

    private static Stream<EcsErrorTest.Row> barred() {
        return Stream.of(
                row(
                        new Refusal.Barred.RegionNotCopying(REGION),
                        "403 RegionNotSupportCopy",
                        "The region not support copy."),
                row(
                        new Refusal.Barred.Destination(REGION, REGION),
                        "403 OperationDenied.NonCompliantDestinationRegion",
                        "The copy operation to the destination region is not in compliance with",
                        "regulations."),
                row(
                        new Refusal.Barred.SnapshotTooOld(
                                SNAPSHOT, RegionRules.DEFAULT.oldestSnapshot()),
                        "403 InvalidSnapshot.TooOld",
                        "This operation is denied because the specified snapshot is created",
                        "before 2013-07-15."));
    }

    private static Stream<EcsErrorTest.Row> sharing() {
        return Stream.concat(
                ofCopies(),
                Stream.of(
                        row(
                                new Refusal.Sharing.Shared(IMAGE),
                                "403 ImageUseShared",
                                "The specified image has been shared to others, please remove",
                                "shared accounts first."),
                        row(
                                new Refusal.Sharing.Public(IMAGE),
                                "403 Image.Public",
                                "The specified image is public image."),
                        row(
                                new Refusal.Sharing.PublicAndShared(IMAGE),
                                "403 InvalidParameter.IsPublic",
                                "The specified parameter IsPublic is conflicted with other",
                                "parameters."),
                        row(
                                new Refusal.Sharing.NoPublicImages(ACCOUNT),
                                "403 CurrentAccount.NotSupportPublicImage",
                                "Public image is not supported for current account."),
                        row(
                                new Refusal.Sharing.Deprecated(IMAGE),
                                "403 OperationDenied.InvalidImageStatus",
                                "The specified image cannot be shared when it is deprecated."),
                        row(
                                new Refusal.Sharing.UnknownAccount("1"),
                                "404 InvalidAccount.NotFound",
                                "The specified parameter \"AddAccount.n\" or \"RemoveAccount.n\"",
                                "does not exist."),
                        row(
                                new Refusal.Sharing.OwnAccount(ACCOUNT),
                                "404 InvalidAccount.Forbbiden",
                                "The specified Account does not yourself.")));
    }

    private static Stream<EcsErrorTest.Row> ofCopies() {
        return Stream.of(
                row(
                        new Refusal.Sharing.CommunityImage(IMAGE),
                        "400 OperationDenied.CommunityImage",
                        "Community image does not support copy."),
                row(
                        new Refusal.Sharing.SharedElsewhere(IMAGE),
                        "403 OperationDenied.SameRegionOnly",
                        "The image shared from others can not be copied to another region",
                        "directly."),
                row(
                        new Refusal.Sharing.NotPublished(IMAGE, REGION),
                        "403 OperationDenied.NotPublished",
                        "The operation is denied because corresponding marketplace image is not",
                        "published in destination region."));
    }

    private static Stream<EcsErrorTest.Row> attributes() {
        return Stream.of(
                row(
                        new Refusal.Attribute.NotAvailable(IMAGE),
                        "403 ImageStatus.NotAvailable",
                        "The specified image status is not available."),
                row(
                        new Refusal.Attribute.NotDeprecated(IMAGE),
                        "403 ImageStatus.NotDeprecated",
                        "The specified image status is not deprecated."),
                row(
                        new Refusal.Attribute.ImdsStays(IMAGE),
                        "403 InvalidOperation.FeaturesImdsSupportNotMatch",
                        "The specified parameter Features.ImdsSupport can not be set to v1 from",
                        "v2."),
                row(
                        new Refusal.Attribute.BootMode("arm64", "BIOS"),
                        "400 InvalidBootMode.NotSupport",
                        "The specified parameter BootMode is not supported for current image",
                        "architecture."),
                row(
                        new Refusal.Malformed("ImageFamily", "?"),
                        "400 InvalidImageFamily.Malformed",
                        "The specified parameter \"ImageFamily\" is malformed."),
                row(
                        new Refusal.Malformed("ResourceGroupId", "?"),
                        "404 InvalidResourceGroup.NotFound",
                        "The ResourceGroup provided does not exist in our records."));
    }
}
