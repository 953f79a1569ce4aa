package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CopySnapshotTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final String snapshot =
            scene.find(golden).orElseThrow().disks().getFirst().snapshot().value();

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
                                "SnapshotId",
                                snapshot,
                                "DestinationRegionId",
                                SHANGHAI));
        for (int i = 0; i < more.length; i += 2) {
            int at = parameters.indexOf(more[i]);
            if (at >= 0) {
                parameters.set(at + 1, more[i + 1]);
            } else {
                parameters.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return scene.ask("CopySnapshot", parameters.toArray(String[]::new));
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("Message").asString()).isEqualTo(message);
    }

    private String copied(String... more) {
        RawHttp.Reply reply = copy(more);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder("RequestId", "SnapshotId");
        return reply.json().path("SnapshotId").asString();
    }

    private JsonNode task(String copy) {
        return scene.call(
                        "DescribeTasks",
                        "RegionId",
                        SHANGHAI,
                        "TaskAction",
                        "CopySnapshot",
                        "ResourceIds.1",
                        copy)
                .path("TaskSet")
                .path("Task")
                .path(0);
    }

    @Test
    void aCopyIsASnapshotOfTheDestinationFromTheFirstMoment() {
        String copy =
                copied(
                        "DestinationSnapshotName",
                        "far",
                        "DestinationSnapshotDescription",
                        "of golden",
                        "RetentionDays",
                        "30",
                        "Tag.1.Key",
                        "app",
                        "Tag.1.Value",
                        "web",
                        "Encrypted",
                        "false");

        JsonNode shown =
                scene.call("DescribeSnapshots", "RegionId", SHANGHAI)
                        .path("Snapshots")
                        .path("Snapshot")
                        .path(0);
        assertThat(shown.path("SnapshotId").asString()).isEqualTo(copy);
        assertThat(shown.path("SnapshotName").asString()).isEqualTo("far");
        assertThat(shown.path("Description").asString()).isEqualTo("of golden");
        assertThat(shown.path("RetentionDays").asInt()).isEqualTo(30);
        assertThat(shown.path("Status").asString()).isEqualTo("progressing");
        assertThat(shown.path("Progress").asString()).isEqualTo("0%");
        assertThat(shown.path("Available").asBoolean()).isFalse();
        assertThat(shown.path("SourceSnapshotId").asString()).isEqualTo(snapshot);
        assertThat(shown.path("SourceRegionId").asString()).isEqualTo(HANGZHOU);
        assertThat(shown.path("Tags").path("Tag").path(0).path("TagValue").asString())
                .isEqualTo("web");
    }

    @Test
    void aCopyHasATaskByWhichItIsCancelled() {
        String copy = copied();
        JsonNode task = task(copy);
        assertThat(task.path("TaskAction").asString()).isEqualTo("CopySnapshot");
        assertThat(task.path("TaskStatus").asString()).isEqualTo("Waiting");
        assertThat(task.path("ResourceId").asString()).isEqualTo(copy);
        assertThat(task.path("SupportCancel").asString()).isEqualTo("true");
        String id = task.path("TaskId").asString();

        scene.call("CancelTask", "RegionId", SHANGHAI, "TaskId", id);

        assertThat(task(copy).path("TaskStatus").asString()).isEqualTo("Deleted");
        assertThat(scene.call("DescribeSnapshots", "RegionId", SHANGHAI).path("TotalCount").asInt())
                .isZero();
        JsonNode attribute =
                scene.call("DescribeTaskAttribute", "RegionId", SHANGHAI, "TaskId", id);
        assertThat(attribute.toString())
                .contains("{\"Name\":\"SnapshotId\",\"Value\":\"" + copy + "\"}");
    }

    @Test
    void theQueueShowsWhatIsCopied() {
        String copy = copied();
        JsonNode task =
                scene.own("DescribeQueue", "RegionId", SHANGHAI)
                        .path("Queues")
                        .path("Queue")
                        .path(0)
                        .path("Tasks")
                        .path("Task")
                        .path(0);
        assertThat(task.path("SnapshotId").asString()).isEqualTo(copy);
        assertThat(task.path("SourceSnapshotId").asString()).isEqualTo(snapshot);
        assertThat(task.path("SourceRegionId").asString()).isEqualTo(HANGZHOU);
        assertThat(task.path("ImageId").asString()).isEmpty();
    }

    @Test
    void aSecondOpenCopyIntoARegionIsRefused() {
        String copy = copied();
        isRefused(
                copy(),
                403,
                "InvalidOperation.DiskHasUnfinishedSnapshotCopy",
                "There is an unfinished snapshot copy \""
                        + copy
                        + "\" of this disk in the target region. Please change the region or wait for"
                        + " the copy to complete before trying again.");
    }

    @Test
    void aSnapshotIsNotCopiedIntoItsOwnRegion() {
        isRefused(
                copy("DestinationRegionId", HANGZHOU),
                403,
                "InvalidOperation.NotSupportCopyInSameRegion",
                "Copying snapshot in the same region is not supported. Please specify a different"
                        + " DestinationRegionId and try again.");
    }

    @Test
    void whatIsNotWholeCanNotBeCopied() {
        String copy = copied();
        isRefused(
                copy("RegionId", SHANGHAI, "SnapshotId", copy, "DestinationRegionId", HANGZHOU),
                403,
                "InvalidSnapshotId.NotReady",
                "The current status of the DiskDeviceMapping.n.SnapshotId or SnapshotId does not"
                        + " support this operation.");
    }

    @Test
    void whatIsDamagedIsAsGoodAsGone() {
        scene.write(tables -> {
            Snapshot whole = tables.snapshots().find(new SnapshotId(snapshot)).orElseThrow();
            tables.snapshots().update(whole.withDamage(Optional.of("a bit flipped")));
        });
        RawHttp.Reply reply = copy();
        isRefused(
                reply,
                404,
                "InvalidSnapshotId.NotFound",
                "The specified SnapshotId does not exist.");
        assertThat(reply.json().path("Recommend").asString()).contains("a bit flipped");
    }

    @Test
    void whatIsReadOrBroughtCanNotBeDeleted() {
        String copy = copied();
        scene.call("DeleteImage", "RegionId", HANGZHOU, "ImageId", golden.value());
        for (String each : List.of(snapshot, copy)) {
            isRefused(
                    scene.ask("DeleteSnapshot", "SnapshotId", each, "Force", "true"),
                    403,
                    "Operation.Conflict",
                    "The operation may conflicts with others, please retry later.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SnapshotId|s-1|404|InvalidSnapshotId.NotFound",
                "RegionId|cn-nowhere|404|InvalidRegionId.NotFound",
                "DestinationRegionId|cn-nowhere|404|InvalidRegionId.NotFound",
                "RegionId|cn-shanghai|404|InvalidSnapshotId.NotFound",
                "DestinationRegionId|''|400|MissingParameter",
                "DestinationSnapshotName|auto-1|400|InvalidSnapshotName.Malformed",
                "DestinationSnapshotName|http://x|400|InvalidSnapshotName.Malformed",
                "DestinationSnapshotDescription|x|400|InvalidDescription.Malformed",
                "RetentionDays|0|400|InvalidRetentionDays.Malformed",
                "RetentionDays|65537|400|InvalidRetentionDays.Malformed",
                "RetentionDays|soon|400|InvalidRetentionDays.Malformed",
                "ResourceGroupId|rg-unknown|404|InvalidResourceGroup.NotFound",
                "KMSKeyId|a-key|400|InvalidParameter.EncryptedIllegal",
                "Tag.1.Value|web|400|InvalidTagKey.Malformed"
            })
    void aBadValueIsRefused(String name, String value, int status, String code) {
        RawHttp.Reply reply = copy(name, value);

        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void aRepeatWithItsTokenGetsTheFirstAnswer() {
        assertThat(copied("ClientToken", "once")).isEqualTo(copied("ClientToken", "once"));
        assertThat(copy("ClientToken", "once", "RetentionDays", "3").code())
                .isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void whatOthersHaveDoesNotExist() {
        assertThat(
                        scene.askAsOther(
                                        "CopySnapshot",
                                        "RegionId",
                                        HANGZHOU,
                                        "SnapshotId",
                                        snapshot,
                                        "DestinationRegionId",
                                        SHANGHAI)
                                .code())
                .isEqualTo("InvalidSnapshotId.NotFound");
        assertThat(scene.call("DescribeTasks", "RegionId", SHANGHAI).path("TotalCount").asInt())
                .isZero();
    }
}
