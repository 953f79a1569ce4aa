package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Platform;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ModifyImageAttribute, and DescribeImageFromFamily.
class ModifyImageAttributeTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply modify(ImageId image, String region, String... more) {
        List<String> parameters =
                new ArrayList<>(List.of("RegionId", region, "ImageId", image.value()));
        parameters.addAll(List.of(more));
        return scene.ask("ModifyImageAttribute", parameters.toArray(String[]::new));
    }

    private RawHttp.Reply modify(String... more) {
        return modify(golden, HANGZHOU, more);
    }

    private Image image() {
        return scene.find(golden).orElseThrow();
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    private static void isDone(RawHttp.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactly("RequestId");
    }

    @Test
    void allThatIsGivenIsChanged() {
        isDone(
                modify(
                        "ImageName", "silver",
                        "Description", "not golden any more",
                        "ImageFamily", "metals",
                        "BootMode", "UEFI",
                        "Features.NvmeSupport", "supported",
                        "Features.ImdsSupport", "v2",
                        "LicenseType", "BYOL"));

        ImageAttributes made = image().attributes();
        assertThat(made.name()).hasToString("silver");
        assertThat(made.description()).hasToString("not golden any more");
        assertThat(made.family().orElseThrow()).hasToString("metals");
        assertThat(made.platform().bootMode()).isEqualTo("UEFI");
        assertThat(made.features().nvmeSupport()).isTrue();
        assertThat(made.features().imdsSupport()).isEqualTo("v2");
        assertThat(made.features().licenseType()).isEqualTo("BYOL");
        var shown =
                scene.call("DescribeImages", "RegionId", HANGZHOU)
                        .path("Images")
                        .path("Image")
                        .path(0);
        assertThat(shown.path("Features").path("NvmeSupport").asString()).isEqualTo("supported");
        assertThat(shown.path("Features").path("ImdsSupport").asString()).isEqualTo("v2");
        assertThat(shown.path("LicenseType").asString()).isEqualTo("BYOL");
        assertThat(shown.path("ImageFamily").asString()).isEqualTo("metals");
    }

    @Test
    void whatIsNotGivenStays() {
        modify("Description", "of gold", "ImageFamily", "metals");
        Image before = image();

        isDone(modify());

        assertThat(image().attributes()).isEqualTo(before.attributes());
    }

    @Test
    void anEmptyDescriptionOrFamilyTakesItAway() {
        modify("Description", "of gold", "ImageFamily", "metals");

        isDone(modify("Description", "", "ImageFamily", ""));

        assertThat(image().description().value()).isEmpty();
        assertThat(image().attributes().family()).isEmpty();
    }

    @Test
    void aNameInUseIsRefusedAndOnesOwnIsNot() {
        scene.image("silver");

        isRefused(
                modify("ImageName", "silver"),
                400,
                "InvalidImageName.Duplicated",
                "The specified Image name has already bean used.");
        isDone(modify("ImageName", "golden"));
    }

    @Test
    void aCopyUnderWayCanBeRenamedAndItsNewNameIsTaken() {
        ImageId copy = scene.copyOf(golden, "copy");

        isDone(modify(copy, SHANGHAI, "ImageName", "renamed", "Description", "on its way"));

        assertThat(scene.find(copy).orElseThrow().name()).hasToString("renamed");
        ImageId silver = scene.image("silver");
        RawHttp.Reply second =
                scene.ask(
                        "CopyImage",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        silver.value(),
                        "DestinationRegionId",
                        SHANGHAI,
                        "DestinationImageName",
                        "renamed");
        assertThat(second.code()).isEqualTo("InvalidImageName.Duplicated");
    }

    @Test
    void aDeprecatedImageIsNotCopiedUntilItIsRestored() {
        isDone(modify("Status", "Deprecated"));

        assertThat(image().state()).isEqualTo(new ImageState.Deprecated());
        RawHttp.Reply copy =
                scene.ask(
                        "CopyImage",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        golden.value(),
                        "DestinationRegionId",
                        SHANGHAI);
        isRefused(copy, 400, "IncorrectImageStatus", "The image not available.");
        isDone(modify("Status", "Available"));
        assertThat(image().state()).isEqualTo(new ImageState.Available());
    }

    @Test
    void onlyAnAvailableImageIsDeprecatedAndOnlyADeprecatedOneRestored() {
        isRefused(
                modify("Status", "Available"),
                403,
                "ImageStatus.NotDeprecated",
                "The specified image status is not deprecated.");
        ImageId copy = scene.copyOf(golden, "copy");
        isRefused(
                modify(copy, SHANGHAI, "Status", "Deprecated"),
                403,
                "ImageStatus.NotAvailable",
                "The specified image status is not available.");
    }

    @Test
    void whatOthersSeeIsNotDeprecated() {
        share("AddAccount.1", EdgeScene.OTHER.value());
        isRefused(
                modify("Status", "Deprecated"),
                403,
                "ImageUseShared",
                "The specified image has been shared to others, please remove shared accounts"
                        + " first.");
        share("RemoveAccount.1", EdgeScene.OTHER.value());
        share("IsPublic", "true");
        isRefused(
                modify("Status", "Deprecated"),
                403,
                "Image.Public",
                "The specified image is public image.");
        share("IsPublic", "false");
        isDone(modify("Status", "Deprecated"));
    }

    private void share(String name, String value) {
        scene.call(
                "ModifyImageSharePermission",
                "RegionId",
                HANGZHOU,
                "ImageId",
                golden.value(),
                name,
                value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RegionId|cn-nowhere|404|InvalidRegionId.NotFound|The specified RegionId does not exist.",
                "ImageId|m-nothing|404|InvalidImageId.NotFound|The specified ImageId does not exist.",
                "ImageName|9lives|400|InvalidImageName.Malformed|The specified Image name is wrongly formed.",
                "Description|http://x|400|InvalidDescription.Malformed|The specified description is wrongly formed.",
                "ImageFamily|9lives|400|InvalidImageFamily.Malformed|The specified parameter \"ImageFamily\" is malformed.",
                "BootMode|Floppy|400|InvalidBootMode.NotSupport|The specified parameter BootMode is not supported.",
                "LicenseType|MIT|400|InvalidLicenseType.NotSupported|The specified parameter LicenseType is not supported.",
                "Features.ImdsSupport|v3|400|InvalidParameter.FeaturesImdsSupport|The specified parameter Features.ImdsSupport is not supported.",
                "Features.NvmeSupport|yes|400|InvalidParameter.Format|Specified parameter format is not valid.",
                "Status|Waiting|400|InvalidParameter.Format|Specified parameter format is not valid.",
                "DryRun|true|400|DryRunOperation|Request validation has been passed with DryRun flag set.",
            })
    void aBadValueIsRefused(String name, String value, int status, String code, String message) {
        List<String> parameters = new ArrayList<>();
        if (!name.equals("RegionId")) {
            parameters.addAll(List.of("RegionId", HANGZHOU));
        }
        if (!name.equals("ImageId")) {
            parameters.addAll(List.of("ImageId", golden.value()));
        }
        parameters.addAll(List.of(name, value));

        isRefused(
                scene.ask("ModifyImageAttribute", parameters.toArray(String[]::new)),
                status,
                code,
                message);
    }

    @Test
    void aPromiseOfTheSecondMetadataServiceIsKept() {
        modify("Features.ImdsSupport", "v2");

        isRefused(
                modify("Features.ImdsSupport", "v1"),
                403,
                "InvalidOperation.FeaturesImdsSupportNotMatch",
                "The specified parameter Features.ImdsSupport can not be set to v1 from v2.");
    }

    @Test
    void armMachinesBootByUefiOnly() {
        ImageId arm =
                scene.image(
                        EdgeScene.ACCOUNT,
                        new RegionId(HANGZHOU),
                        "arm",
                        new Platform("arm64", "linux", "Debian", "UEFI"),
                        Tags.NONE,
                        GIB);
        isRefused(
                modify(arm, HANGZHOU, "BootMode", "BIOS"),
                400,
                "InvalidBootMode.NotSupport",
                "The specified parameter BootMode is not supported for current image"
                        + " architecture.");
        isDone(modify(arm, HANGZHOU, "BootMode", "UEFI"));
    }

    @Test
    void othersImagesDoNotExistAlsoThoseThatAreShared() {
        share("AddAccount.1", EdgeScene.OTHER.value());

        RawHttp.Reply reply =
                scene.askAsOther(
                        "ModifyImageAttribute",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        golden.value(),
                        "ImageName",
                        "mine");

        assertThat(reply.code()).isEqualTo("InvalidImageId.NotFound");
    }

    @Test
    void theNewestAvailableImageOfAFamilyIsFound() {
        modify("ImageFamily", "metals");
        scene.pass(java.time.Duration.ofMinutes(1));
        ImageId silver = scene.image("silver");
        modify(silver, HANGZHOU, "ImageFamily", "metals");

        assertThat(newestOf("metals")).isEqualTo("silver");
        modify(silver, HANGZHOU, "Status", "Deprecated");
        assertThat(newestOf("metals")).isEqualTo("golden");
        assertThat(newestOf("woods")).isEmpty();
        assertThat(scene.ask("DescribeImageFromFamily", "RegionId", HANGZHOU).code())
                .isEqualTo("MissingParameter");
    }

    private String newestOf(String family) {
        return scene.call("DescribeImageFromFamily", "RegionId", HANGZHOU, "ImageFamily", family)
                .path("Image")
                .path("ImageName")
                .asString("");
    }
}
