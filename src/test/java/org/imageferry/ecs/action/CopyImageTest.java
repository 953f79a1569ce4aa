package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Tags;
import org.imageferry.domain.TaskState;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CopyImage and CancelCopyImage, each row of their error tables that can arise.
class CopyImageTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply copy(String... more) {
        List<String> parameters =
                new ArrayList<>(
                        List.of(
                                "RegionId",
                                HANGZHOU,
                                "ImageId",
                                golden.value(),
                                "DestinationRegionId",
                                SHANGHAI));
        parameters.addAll(List.of(more));
        return scene.ask("CopyImage", parameters.toArray(String[]::new));
    }

    private RawHttp.Reply cancel(ImageId copy) {
        return scene.ask("CancelCopyImage", "RegionId", SHANGHAI, "ImageId", copy.value());
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void theAnswerIsTheIdOfTheCopyAndNothingElse() {
        RawHttp.Reply reply =
                copy(
                        "DestinationImageName", "copy.1",
                        "DestinationDescription", "of golden",
                        "Tag.1.Key", "team",
                        "Tag.1.Value", "a",
                        "Tag.3.Key", "empty",
                        "Encrypted", "False",
                        "OwnerId", EdgeScene.ACCOUNT.value(),
                        "ResourceOwnerAccount", "first",
                        "ResourceOwnerId", EdgeScene.ACCOUNT.value());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactly("RequestId", "ImageId");
        ImageId id = new ImageId(reply.json().path("ImageId").asString());
        Image made = scene.find(id).orElseThrow();
        assertThat(made.name()).hasToString("copy.1");
        assertThat(made.description()).hasToString("of golden");
        assertThat(made.tags().all()).hasToString("{team=a, empty=}");
        assertThat(made.region()).hasToString(SHANGHAI);
        assertThat(made.state()).isEqualTo(new ImageState.Waiting());
    }

    @ParameterizedTest
    @CsvSource({"RegionId", "ImageId"})
    void aMissingParameterIsNamed(String name) {
        isRefused(
                copy(name, ""),
                400,
                "MissingParameter",
                "The input parameter \""
                        + name
                        + "\" that is mandatory for processing this request is not supplied.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DestinationImageName|9lives|400|InvalidImageName.Malformed|The specified destination Image name is wrongly formed.",
                "DestinationImageName|a|400|InvalidImageName.Malformed|The specified destination Image name is wrongly formed.",
                "DestinationDescription|http://x|400|InvalidDescription.Malformed|The specified destination description is wrongly formed.",
                "RegionId|cn-nowhere|400|SourceRegion.NotFound|The source region not found",
                "RegionId|NO REGION|400|SourceRegion.NotFound|The source region not found",
                "DestinationRegionId|cn-nowhere|400|DestinationRegion.NotFound|The destination region not found",
                "DestinationRegionId|?|400|DestinationRegion.NotFound|The destination region not found",
                "ImageId|m-bp1|404|InvalidImageId.NotFound|The specified ImageId does not exist.",
                "ImageId|m-zzzzzzzzzzzzzzzzzzzz|404|InvalidImageId.NotFound|The specified ImageId does not exist.",
                "DestinationRegionId|cn-hangzhou|403|IncorrectDestinationRegion|The destination region is not equal the target region.",
                "KMSKeyId|key-1|400|InvalidParameter.EncryptedIllegal|The specified parameter Encrypted must be true when kmsKeyId is not empty.",
                "Encrypted|yes|400|InvalidParameter.Format|Specified parameter format is not valid.",
                "EncryptAlgorithm|aes-256|400|InvalidEncrypted.NotMatchEncryptAlgorithm|The specified parameter Encrypted must be true when EncryptAlgorithm is not empty.",
                "ResourceGroupId|rg-1|404|InvalidResourceGroup.NotFound|The ResourceGroup provided does not exist in our records.",
                "Tag.1.Key|acs:x|400|InvalidTagKey.Malformed|The specified Tag.n.Key is not valid.",
                "Tag.1.Value|x|400|InvalidTagKey.Malformed|The specified Tag.n.Key is not valid.",
                "DryRun|true|400|DryRunOperation|Request validation has been passed with DryRun flag set.",
                "ClientToken|中|400|InvalidParameter.Format|Specified parameter format is not valid."
            })
    void aBadValueIsRefused(String name, String value, int status, String code, String message) {
        isRefused(copy(name, value), status, code, message);
    }

    @Test
    void anAlgorithmIsOnlyTakenIfItIsOurs() {
        isRefused(
                copy("Encrypted", "true", "EncryptAlgorithm", "sm4-128"),
                400,
                "InvalidEncryptAlgorithm",
                "The specified parameter EncryptAlgorithm is not valid.");
    }

    @Test
    void withoutADestinationTheRegionIsTheSame() {
        assertThat(copy("DestinationRegionId", "").code()).isEqualTo("IncorrectDestinationRegion");
    }

    @Test
    void aTagTwiceIsRefused() {
        isRefused(
                copy("Tag.1.Key", "a", "Tag.2.Key", "a"),
                400,
                "Duplicate.TagKey",
                "The Tag.N.Key contain duplicate key.");
    }

    @Test
    void twentyTagsAreTakenAndOneMoreIsNot() {
        List<String> tags = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            tags.addAll(List.of("Tag." + i + ".Key", "k" + i));
        }
        assertThat(copy(tags.toArray(String[]::new)).status()).isEqualTo(200);
        tags.addAll(List.of("Tag.21.Key", "k21"));
        assertThat(copy(tags.toArray(String[]::new)).code()).isEqualTo("InvalidTagCount");
    }

    @Test
    void aNameThatACopyUnderWayHasIsTaken() {
        scene.copyOf(scene.image("silver"), "copy");

        isRefused(
                copy("DestinationImageName", "copy"),
                400,
                "InvalidImageName.Duplicated",
                "The destination image is exist.");
    }

    @Test
    void oneImageIsCopiedIntoARegionOnceAtATime() {
        scene.copyOf(golden, "copy");

        isRefused(copy(), 403, "OperationDenied.ImageCopying", "The Image are coping.");
    }

    @Test
    void aCopyThatWaitsCanNotBeCopied() {
        ImageId waiting = scene.copyOf(golden, "copy");

        RawHttp.Reply reply =
                scene.ask(
                        "CopyImage",
                        "RegionId",
                        SHANGHAI,
                        "ImageId",
                        waiting.value(),
                        "DestinationRegionId",
                        HANGZHOU);

        isRefused(reply, 400, "IncorrectImageStatus", "The image not available.");
    }

    @Test
    void anImageWithoutItsSnapshotCanNotBeCopied() {
        scene.write(tables -> {
            Image image = tables.images().find(golden).orElseThrow();
            var snapshot =
                    tables.snapshots().find(image.disks().getFirst().snapshot()).orElseThrow();
            tables.snapshots().update(snapshot.withDamage(java.util.Optional.of("rot")));
        });

        isRefused(
                copy(),
                400,
                "InvalidSnapshotId.NotFound",
                "The specified SnapshotId does not exist.");
    }

    @Test
    void anImageLargerThanTheRegionTakesIsRefused() {
        ImageId large = scene.image(EdgeScene.ACCOUNT, "large", Tags.NONE, 101 * GIB);

        isRefused(
                copy("ImageId", large.value()),
                403,
                "SizeExceed.Image",
                "The image exceeds the maximum size. Please open a ticket to add the account to the"
                        + " white list.");
    }

    @Test
    void whatOthersHaveDoesNotExist() {
        RawHttp.Reply reply =
                scene.askAsOther(
                        "CopyImage",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        golden.value(),
                        "DestinationRegionId",
                        SHANGHAI);

        assertThat(reply.code()).isEqualTo("InvalidImageId.NotFound");
    }

    @Test
    void aRepeatWithItsTokenGetsTheFirstAnswer() {
        String first =
                copy("ClientToken", "t-1", "Encrypted", "").json().path("ImageId").asString();

        assertThat(
                        copy("ClientToken", "t-1", "OwnerId", EdgeScene.ACCOUNT.value())
                                .json()
                                .path("ImageId")
                                .asString())
                .isEqualTo(first);
        isRefused(
                copy("ClientToken", "t-1", "DestinationImageName", "other"),
                400,
                "IdempotentParameterMismatch",
                "The request is retried with updated parameters.");
    }

    @Test
    void aBrokenRegionIsUnavailableWithTheReason() {
        scene.breakDown(SHANGHAI, "its disk is full: make room in it");

        isRefused(
                copy(),
                503,
                "ServiceUnavailable",
                "The request has failed due to a temporary failure of the server."
                        + " cn-shanghai: its disk is full: make room in it");
    }

    @Test
    void aCancelledCopyIsGoneAndItsNameIsFree() {
        ImageId copy = scene.copyOf(golden, "copy");

        RawHttp.Reply reply = cancel(copy);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactly("RequestId");
        assertThat(scene.find(copy)).isEmpty();
        isRefused(
                cancel(copy),
                404,
                "InvalidImageId.NotFound",
                "The specified ImageId does not exist.");
        assertThat(copy("DestinationImageName", "copy").status()).isEqualTo(200);
    }

    @Test
    void aCopyThatEndedCanNotBeCancelled() {
        ImageId done = scene.copyOf(golden, "done");
        scene.change(scene.taskOf(done), task -> task.end(new TaskState.Done(scene.now())));
        scene.change(done, new ImageState.Available());
        ImageId failed = scene.copyOf(golden, "failed");
        scene.change(
                scene.taskOf(failed), task -> task.end(new TaskState.Failed(scene.now(), "rot")));
        scene.change(failed, new ImageState.CreateFailed("rot"));

        isRefused(cancel(done), 400, "IncorrectImageStatus", "The image has completed copy.");
        isRefused(cancel(failed), 400, "IncorrectImageStatus", "The Image copy has been failed.");
    }

    @Test
    void whatIsNoCopyCanNotBeCancelled() {
        isRefused(
                scene.ask("CancelCopyImage", "RegionId", HANGZHOU, "ImageId", golden.value()),
                400,
                "ImageCreatedNotFromCopy",
                "The specified image is not the target image of a copy action.");
    }

    @Test
    void aCancelNamesTheRegionOfTheCopy() {
        ImageId copy = scene.copyOf(golden, "copy");

        assertThat(
                        scene.ask("CancelCopyImage", "RegionId", HANGZHOU, "ImageId", copy.value())
                                .code())
                .isEqualTo("InvalidImageId.NotFound");
        isRefused(
                scene.ask("CancelCopyImage", "RegionId", "cn-nowhere", "ImageId", copy.value()),
                404,
                "InvalidRegionId.NotFound",
                "The specified RegionId does not exist.");
        assertThat(scene.ask("CancelCopyImage", "RegionId", SHANGHAI).code())
                .isEqualTo("MissingParameter");
        assertThat(
                        scene.askAsOther(
                                        "CancelCopyImage",
                                        "RegionId",
                                        SHANGHAI,
                                        "ImageId",
                                        copy.value())
                                .code())
                .isEqualTo("InvalidImageId.NotFound");
    }
}
