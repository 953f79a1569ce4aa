package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.time.Duration;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Tags;
import org.imageferry.domain.TaskState;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// DescribeRegions, and the actions of version 2026-11-22.
class OwnActionsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void regionsAreListedWithTheEndpointThatWasCalled() {
        scene.breakDown(SHANGHAI, "its folder is gone");

        assertThat(
                        scene.call("DescribeRegions", "RegionId", "cn-anywhere")
                                .path("Regions")
                                .toString())
                .isEqualTo(
                        """
                        {"Region":[\
                        {"RegionId":"cn-hangzhou","RegionEndpoint":"%1$s",\
                        "LocalName":"Region cn-hangzhou","Status":"available"},\
                        {"RegionId":"cn-shanghai","RegionEndpoint":"%1$s",\
                        "LocalName":"Region cn-shanghai","Status":"soldOut"}]}\
                        """
                                .formatted(scene.client().host()));
    }

    @Test
    void ourActionsAreNotInTheVersionOfEcs() {
        assertThat(scene.ask("DescribeQueue").code()).isEqualTo("InvalidAction.NotFound");
        assertThat(scene.client().acs3(Api.FERRY.version(), "CopyImage").code())
                .isEqualTo("InvalidAction.NotFound");
    }

    @Test
    void theQueueShowsTheCallersTasksAndTheirPlacesAmongAll() {
        ImageId theirs = scene.image(EdgeScene.OTHER, "theirs", Tags.NONE, GIB);
        ImageId first = scene.copyOf(golden, "first");
        scene.askAsOther(
                "CopyImage",
                "RegionId",
                HANGZHOU,
                "ImageId",
                theirs.value(),
                "DestinationRegionId",
                SHANGHAI);
        ImageId third = scene.copyOf(scene.image("silver"), "third");
        scene.change(scene.taskOf(first), it -> it.start(scene.now(), 0));
        scene.change(scene.taskOf(first), it -> it.with(new Progress(100, 25, 20, 10)));
        scene.pass(Duration.ofSeconds(1));

        JsonNode queue =
                scene.own("DescribeQueue", "RegionId", SHANGHAI)
                        .path("Queues")
                        .path("Queue")
                        .path(0);

        assertThat(queue.path("RegionId").asString()).isEqualTo(SHANGHAI);
        assertThat(queue.path("Status").asString()).isEqualTo("available");
        assertThat(queue.path("RunningLimit").asInt()).isEqualTo(1);
        JsonNode tasks = queue.path("Tasks").path("Task");
        assertThat(tasks.size()).isEqualTo(2);
        assertThat(tasks.path(0).toString())
                .isEqualTo(
                        """
                        {"TaskId":"%s","TaskAction":"CopyImage","Status":"Processing",\
                        "ImageId":"%s","ImageName":"first","SnapshotId":"","SourceImageId":"%s",\
                        "SourceSnapshotId":"","SourceRegionId":"cn-hangzhou","Progress":"25%%","RemainTime":3,\
                        "TotalBytes":100,"DoneBytes":25,"MovedBytes":20,"StoredBytes":10,"UnfinishedBytes":0,\
                        "CreationTime":"2026-11-22T01:09:36.000Z",\
                        "StartTime":"2026-11-22T01:09:36.000Z","Position":0}\
                        """
                                .formatted(scene.taskOf(first), first, golden));
        assertThat(tasks.path(1).path("ImageId").asString()).isEqualTo(third.value());
        assertThat(tasks.path(1).path("Position").asInt()).isEqualTo(2);
        assertThat(tasks.path(1).path("StartTime").asString()).isEmpty();
        assertThat(scene.own("DescribeQueue").path("Queues").path("Queue").size()).isEqualTo(2);
    }

    @Test
    void theQueueOfABrokenRegionSaysWhy() {
        scene.breakDown(SHANGHAI, "its folder is gone");

        assertThat(
                        scene.own("DescribeQueue", "RegionId", SHANGHAI)
                                .path("Queues")
                                .path("Queue")
                                .path(0)
                                .path("Status")
                                .asString())
                .isEqualTo("its folder is gone");
    }

    @Test
    void anImageInDetailTellsItsOriginTaskDisksAndCopies() {
        ImageId copy = scene.copyOf(golden, "copy");
        scene.pass(Duration.ofMillis(1_500));
        scene.change(scene.taskOf(copy), it -> it.end(new TaskState.Failed(scene.now(), "rot")));

        JsonNode detail =
                scene.own("DescribeImageDetail", "RegionId", SHANGHAI, "ImageId", copy.value());
        JsonNode source =
                scene.own("DescribeImageDetail", "RegionId", HANGZHOU, "ImageId", golden.value());

        assertThat(detail.path("ImageName").asString()).isEqualTo("copy");
        assertThat(detail.path("Origin").toString())
                .isEqualTo(
                        "{\"SourceImageId\":\""
                                + golden
                                + "\",\"SourceRegionId\":\"cn-hangzhou\"}");
        assertThat(detail.path("Task").path("Status").asString()).isEqualTo("Failed");
        assertThat(detail.path("Task").path("Reason").asString()).isEqualTo("rot");
        assertThat(detail.path("Task").path("EndTime").asString())
                .isEqualTo("2026-11-22T01:09:37.500Z");
        assertThat(source.path("Origin").path("SourceImageId").asString()).isEmpty();
        assertThat(source.path("Disks").path("Disk").path(0).path("Bytes").asLong())
                .isEqualTo(2 * GIB + 1);
        assertThat(source.path("Disks").path("Disk").path(0).path("Digest").asString()).hasSize(64);
        assertThat(source.path("Copies").path("Copy").toString())
                .isEqualTo(
                        "[{\"ImageId\":\"%s\",\"RegionId\":\"cn-shanghai\",\"Status\":\"Waiting\"}]"
                                .formatted(copy));
    }

    @Test
    void nobodySeesOthersImagesInDetail() {
        RawHttp.Reply reply =
                scene.client()
                        .as("other", "othersecret")
                        .acs3(
                                Api.FERRY.version(),
                                "DescribeImageDetail",
                                "RegionId",
                                HANGZHOU,
                                "ImageId",
                                golden.value());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("InvalidImageId.NotFound");
    }

    @Test
    void imagesAreVerifiedByATask() {
        String one =
                scene.own("VerifyImages", "RegionId", HANGZHOU, "ImageId", golden.value())
                        .path("TaskId")
                        .asString();
        String all = scene.own("VerifyImages", "RegionId", HANGZHOU).path("TaskId").asString();

        assertThat(one).startsWith("t-").isNotEqualTo(all);
        assertThat(
                        scene.call("DescribeTaskAttribute", "RegionId", HANGZHOU, "TaskId", one)
                                .path("TaskAction")
                                .asString())
                .isEqualTo("VerifyImages");
    }

    @Test
    void garbageIsCollectedInOneOrAllRegions() {
        assertThat(
                        scene.own("CollectGarbage", "RegionId", SHANGHAI, "Now", "true")
                                .path("Regions")
                                .path("Region")
                                .toString())
                .isEqualTo(
                        """
                        [{"RegionId":"cn-shanghai","Condemned":4,"Deleted":3,"DeletedBytes":2,\
                        "Waiting":1,"Compacted":6,"ReclaimedBytes":5}]\
                        """);
        scene.own("CollectGarbage");
        assertThat(scene.collected)
                .containsExactly("cn-shanghai now", "cn-hangzhou", "cn-shanghai");
    }

    @Test
    void aPlanSaysHowManyBytesWouldMove() {
        JsonNode plan =
                scene.own(
                        "PlanCopy",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        golden.value(),
                        "DestinationRegionId",
                        SHANGHAI);

        assertThat(plan.path("ContentBytes").asLong()).isEqualTo(30);
        assertThat(plan.path("NewBytes").asLong()).isEqualTo(20);
        assertThat(plan.path("NewStoredBytes").asLong()).isEqualTo(10);
        assertThat(
                        scene.client()
                                .acs3(
                                        Api.FERRY.version(),
                                        "PlanCopy",
                                        "RegionId",
                                        HANGZHOU,
                                        "ImageId",
                                        golden.value(),
                                        "DestinationRegionId",
                                        "cn-nowhere")
                                .code())
                .isEqualTo("DestinationRegion.NotFound");
    }

    @Test
    void aRegionTellsWhatItsStoreHolds() {
        assertThat(
                        scene.own("DescribeRegionUsage", "RegionId", HANGZHOU)
                                .path("Regions")
                                .path("Region")
                                .toString())
                .isEqualTo(
                        """
                        [{"RegionId":"cn-hangzhou","Status":"available","NeededObjects":0,\
                        "NeededBytes":0,"IdleObjects":0,"IdleBytes":0,"CondemnedObjects":0,\
                        "CondemnedBytes":0,"BadBlocks":0,"LostObjects":0,"DamagedParts":0,\
                        "UnAvailableImages":0,"OldestCheckTime":"","DeadBytes":0,\
                        "SuspectObjects":0,"SuspectBytes":0}]\
                        """);
    }

    @Test
    void taskDetailsAreOfAllRegionsAndTellWhyOneFailed() {
        ImageId copy = scene.copyOf(golden, "copy");
        scene.change(scene.taskOf(copy), it -> it.with(new Progress(100, 25, 20, 10)));
        scene.change(scene.taskOf(copy), it -> it.end(new TaskState.Failed(scene.now(), "rot")));
        scene.pass(Duration.ofSeconds(1));
        scene.copyOf(scene.image("silver"), "waiting");

        JsonNode all = scene.own("DescribeTaskDetails");
        JsonNode failed =
                scene.own("DescribeTaskDetails", "Status", "Failed", "TaskAction", "CopyImage");

        assertThat(all.path("TotalCount").asInt()).isEqualTo(2);
        assertThat(all.path("Tasks").path("Task").path(0).path("Status").asString())
                .isEqualTo("Waiting");
        JsonNode task = failed.path("Tasks").path("Task").path(0);
        assertThat(task.path("RegionId").asString()).isEqualTo(SHANGHAI);
        assertThat(task.path("Reason").asString()).isEqualTo("rot");
        assertThat(task.path("MovedBytes").asLong()).isEqualTo(20);
        assertThat(task.path("EndTime").asString()).isEqualTo("2026-11-22T01:09:36.000Z");
        assertThat(tasks("Status", "Done")).isZero();
        assertThat(tasks("TaskAction", "ImportImage")).isZero();
        assertThat(tasks("RegionId", HANGZHOU)).isZero();
        assertThat(tasks("RegionId", SHANGHAI)).isEqualTo(2);
    }

    private int tasks(String... parameters) {
        return scene.own("DescribeTaskDetails", parameters).path("TotalCount").asInt(-1);
    }

    @Test
    void anotherAccountsTasksAreNotAmongTheDetails() {
        scene.copyOf(golden, "copy");

        RawHttp.Reply reply =
                scene.client()
                        .as("other", "othersecret")
                        .acs3(Api.FERRY.version(), "DescribeTaskDetails");

        assertThat(reply.json().path("TotalCount").asInt(-1)).isZero();
    }

    @Test
    void aRegionsSummaryCountsWhatIsTheCallers() {
        scene.image(EdgeScene.OTHER, "theirs", Tags.NONE, GIB);
        ImageId copy = scene.copyOf(golden, "copy");
        scene.change(scene.taskOf(copy), it -> it.start(scene.now(), 0));
        scene.breakDown(SHANGHAI, "its folder is gone");

        JsonNode regions = scene.own("DescribeRegionSummary").path("Regions").path("Region");

        assertThat(regions.path(0).toString())
                .isEqualTo(
                        """
                        {"RegionId":"cn-hangzhou","Status":"available","Images":1,"FailedImages":0,\
                        "StoredBytes":0,"RunningTasks":0,"WaitingTasks":0}\
                        """);
        assertThat(regions.path(1).toString())
                .isEqualTo(
                        """
                        {"RegionId":"cn-shanghai","Status":"its folder is gone","Images":1,"FailedImages":0,\
                        "StoredBytes":0,"RunningTasks":1,"WaitingTasks":0}\
                        """);
    }
}
