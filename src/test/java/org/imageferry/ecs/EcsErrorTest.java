package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal has its row here, word for word as on the page.
class EcsErrorTest {
    private static final ImageId IMAGE = new ImageId("m-aaaaaaaaaaaaaaaaaaaa");
    private static final SnapshotId SNAPSHOT = new SnapshotId("s-aaaaaaaaaaaaaaaaaaaa");
    private static final TaskId TASK = new TaskId("t-aaaaaaaaaaaaaaaaaaaa");
    private static final RegionId REGION = new RegionId("cn-hangzhou");
    private static final BucketName BUCKET = new BucketName("images");
    private static final ObjectKey KEY = new ObjectKey("disk.raw");
    private static final Instant NOW = EdgeScene.NOW;

    record Row(Refusal refusal, String statusAndCode, String message) {}

    static Stream<Row> rows() {
        return Stream.of(
                        ofTexts(),
                        ofRegionsAndImages(),
                        ofCopies(),
                        ImageRefusals.rows(),
                        ofOthers(),
                        AccessRefusals.rows(),
                        TagRefusals.rows(),
                        SnapshotRefusals.rows(),
                        WebhookRefusals.rows())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> ofTexts() {
        return Stream.of(
                malformed(
                        "ImageId",
                        "404 InvalidImageId.NotFound",
                        "The specified ImageId does not exist."),
                malformed(
                        "RegionId",
                        "404 InvalidRegionId.NotFound",
                        "The specified RegionId does not exist."),
                malformed(
                        "SnapshotId",
                        "404 InvalidSnapshotId.NotFound",
                        "The specified SnapshotId does not exist."),
                malformed(
                        "TaskId",
                        "400 InvalidTaskId.NotFound",
                        "The specified \"TaskId\" is not found."),
                malformed(
                        "ImageName",
                        "400 InvalidImageName.Malformed",
                        "The specified Image name is wrongly formed."),
                malformed(
                        "Description",
                        "400 InvalidDescription.Malformed",
                        "The specified description is wrongly formed."),
                malformed(
                        "TagKey",
                        "400 InvalidTagKey.Malformed",
                        "The specified Tag.n.Key is not valid."),
                malformed(
                        "TagValue",
                        "400 InvalidTagValue.Malformed",
                        "The specified Tag.n.Value is not valid."),
                malformed(
                        "BucketName",
                        "400 InvalidOSSBucket.NotFound",
                        "The specified OSS bucket does not exist in this region."),
                malformed(
                        "ObjectKey",
                        "400 InvalidOSSObject.Malformed",
                        "The specified OSS object is wrongly formed."),
                malformed(
                        "AccountId",
                        "400 InvalidParameter.Format",
                        "Specified parameter format is not valid."),
                row(
                        new Refusal.TooManyTags(21),
                        "400 InvalidTagCount",
                        "The specified tags are beyond the permitted range."));
    }

    private static Stream<Row> ofRegionsAndImages() {
        return Stream.of(
                row(
                        new Refusal.UnknownRegion(REGION),
                        "404 InvalidRegionId.NotFound",
                        "The specified RegionId does not exist."),
                row(
                        new Refusal.UnknownSourceRegion(REGION),
                        "400 SourceRegion.NotFound",
                        "The source region not found"),
                row(
                        new Refusal.UnknownDestinationRegion(REGION),
                        "400 DestinationRegion.NotFound",
                        "The destination region not found"),
                row(
                        new Refusal.RegionUnavailable(REGION, "no disk"),
                        "503 ServiceUnavailable",
                        "The request has failed due to a temporary failure of the server. cn-hangzhou: no disk"),
                row(
                        new Refusal.UnknownImage(IMAGE),
                        "404 InvalidImageId.NotFound",
                        "The specified ImageId does not exist."),
                row(
                        new Refusal.ImageNotAvailable(IMAGE, new ImageState.Waiting()),
                        "400 IncorrectImageStatus",
                        "The image not available."),
                row(
                        new Refusal.SourceSnapshotMissing(SNAPSHOT),
                        "400 InvalidSnapshotId.NotFound",
                        "The specified SnapshotId does not exist."),
                row(
                        new Refusal.NameTaken(new ImageName("golden")),
                        "400 InvalidImageName.Duplicated",
                        "The destination image is exist."),
                row(
                        new Refusal.SameRegion(REGION),
                        "403 IncorrectDestinationRegion",
                        "The destination region is not equal the target region."),
                row(
                        new Refusal.ImageBeingCopied(IMAGE),
                        "403 OperationDenied.ImageCopying",
                        "The Image are coping."),
                row(
                        new Refusal.ImageBeingImported(IMAGE),
                        "403 ImageIsImporting",
                        "The specified Image is importing."),
                row(
                        new Refusal.ImageBeingExported(IMAGE),
                        "403 ImageIsExporting",
                        "The specified Image is exporting."),
                row(
                        new Refusal.ImageTooLarge(3, 2),
                        "403 SizeExceed.Image",
                        "The image exceeds the maximum size. Please open a ticket to add the account to the white list."));
    }

    private static Stream<Row> ofCopies() {
        return Stream.of(
                row(
                        new Refusal.NotACopy(IMAGE),
                        "400 ImageCreatedNotFromCopy",
                        "The specified image is not the target image of a copy action."),
                row(
                        new Refusal.CopyEnded(IMAGE, new TaskState.Done(NOW)),
                        "400 IncorrectImageStatus",
                        "The image has completed copy."),
                row(
                        new Refusal.CopyEnded(IMAGE, new TaskState.Failed(NOW, "rot")),
                        "400 IncorrectImageStatus",
                        "The Image copy has been failed."),
                row(
                        new Refusal.CopyEnded(IMAGE, new TaskState.Cancelled(NOW)),
                        "404 InvalidImageId.NotFound",
                        "The specified ImageId does not exist."));
    }

    private static Stream<Row> ofOthers() {
        return Stream.of(
                row(
                        new Refusal.UnknownSnapshot(SNAPSHOT),
                        "404 InvalidSnapshotId.NotFound",
                        "The specified SnapshotId does not exist."),
                row(
                        new Refusal.SnapshotInUse(SNAPSHOT),
                        "403 SnapshotCreatedImage",
                        "The snapshot has been used to create user defined image(s)."),
                row(
                        new Refusal.UnknownTask(TASK),
                        "400 InvalidTaskId.NotFound",
                        "The specified \"TaskId\" is not found."),
                row(
                        new Refusal.UnknownNode("node-1"),
                        "404 InvalidNodeName.NotFound",
                        "The specified NodeName does not exist."),
                row(
                        new Refusal.TaskEnded(TASK, new TaskState.Done(NOW)),
                        "403 InvalidTaskId.IncorrectTaskStatus",
                        "The specified task status is not invalid."),
                row(
                        new Refusal.TaskNotCancellable(TASK),
                        "403 InvalidTaskId.TaskActionNotSupport",
                        "The specified task action not support."),
                row(
                        new Refusal.UnknownBucket(BUCKET),
                        "400 InvalidOSSBucket.NotFound",
                        "The specified OSS bucket does not exist in this region."),
                row(
                        new Refusal.UnknownObject(BUCKET, KEY),
                        "400 InvalidOSSObject.NotFound",
                        "The specified OSS object does not exist in this region."),
                row(
                        new Refusal.UnsupportedFormat("QCOW2", "convert it"),
                        "400 InvalidImageFormat.Malformed",
                        "The specified Image Format is wrongly formed."),
                row(
                        new Refusal.UploadMismatch(KEY, "one is missing"),
                        "409 UploadMismatch",
                        "one is missing"),
                row(
                        new Refusal.TokenMismatch("token"),
                        "400 IdempotentParameterMismatch",
                        "The request is retried with updated parameters."),
                row(
                        new Refusal.NonceUsed(),
                        "400 SignatureNonceUsed",
                        "Specified signature nonce was used already."),
                row(
                        new Refusal.DryRunPassed(),
                        "400 DryRunOperation",
                        "Request validation has been passed with DryRun flag set."));
    }

    private static Row malformed(String what, String statusAndCode, String message) {
        return row(new Refusal.Malformed(what, "?"), statusAndCode, message);
    }

    static Row row(Refusal refusal, String statusAndCode, String message) {
        return new Row(refusal, statusAndCode, message);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRefusalHasTheWordsOfThePage(Row row) {
        EcsError error = EcsError.of(row.refusal());

        assertThat(error.status() + " " + error.code()).isEqualTo(row.statusAndCode());
        assertThat(error.message()).isEqualTo(row.message());
        assertThat(error.advice()).isNotEmpty();
    }

    @Test
    void noRefusalIsLeftOut() {
        List<Class<?>> covered =
                rows().map(row -> row.refusal().getClass()).collect(Collectors.toList());

        List<Class<?>> refusals =
                leaves(Refusal.class)
                        .filter(type -> !Refusal.OfKeys.class.isAssignableFrom(type))
                        .toList(); // those of keys have a test of their own
        assertThat(covered).containsAll(refusals);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EcsErrorTest::leaves)
                : Stream.of(type);
    }

    @Test
    void theAdviceSaysWhichValueItIsAbout() {
        assertThat(EcsError.of(new Refusal.Malformed("ImageName", "9lives")).advice())
                .isEqualTo("ImageName can't be \"9lives\".");
        assertThat(EcsError.of(new Refusal.UnsupportedFormat("QCOW2", "convert it")).advice())
                .isEqualTo("convert it");
    }
}
