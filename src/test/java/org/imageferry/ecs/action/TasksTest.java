package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Tags;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Imports and exports, and the actions that show and end tasks.
class TasksTest {
    private final ActionScene scene = new ActionScene();

    @BeforeEach
    void fillBucket() {
        scene.object("disk.raw", new byte[5_000]);
        scene.object("disk.qcow2", "QFI\u00fb and more".getBytes(StandardCharsets.ISO_8859_1));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply importing(String... more) {
        return ask(
                "ImportImage",
                more,
                "DiskDeviceMapping.1.OSSBucket",
                "images",
                "DiskDeviceMapping.1.OSSObject",
                "disk.raw");
    }

    /// What `more` names replaces what is usual; an empty value takes it away.
    private RawHttp.Reply ask(String action, String[] more, String... usual) {
        var parameters = new java.util.TreeMap<String, String>();
        parameters.put("RegionId", HANGZHOU);
        for (int i = 0; i < usual.length; i += 2) {
            parameters.put(usual[i], usual[i + 1]);
        }
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        List<String> all = new ArrayList<>();
        parameters.forEach((name, value) -> all.addAll(List.of(name, value)));
        return scene.ask(action, all.toArray(String[]::new));
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void anImportAnswersWithImageAndTask() {
        RawHttp.Reply reply =
                importing(
                        "ImageName", "imported",
                        "Description", "from a file",
                        "Architecture", "arm64",
                        "OSType", "linux",
                        "Platform", "Debian",
                        "BootMode", "UEFI",
                        "LicenseType", "BYOL",
                        "Tag.1.Key", "a",
                        "DiskDeviceMapping.1.Format", "RAW",
                        "DiskDeviceMapping.1.DiskImageSize", "5",
                        "DiskDeviceMapping.3.OSSBucket", "images",
                        "DiskDeviceMapping.3.OSSObject", "disk.raw");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("RegionId").asString()).isEqualTo(HANGZHOU);
        assertThat(answer.path("TaskId").asString())
                .startsWith("t-")
                .isEqualTo(answer.path("ImportTaskId").asString());
        Image image = scene.find(new ImageId(answer.path("ImageId").asString())).orElseThrow();
        assertThat(image.name()).hasToString("imported");
        assertThat(image.disks()).hasSize(2);
        assertThat(image.platform())
                .isEqualTo(new org.imageferry.domain.Platform("arm64", "linux", "Debian", "UEFI"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RegionId|cn-nowhere|400|InvalidRegionId.NotFound",
                "RegionId||400|MissingParameter",
                "DiskDeviceMapping.1.OSSBucket||400|MissingParameter",
                "DiskDeviceMapping.1.OSSObject||400|MissingParameter",
                "DiskDeviceMapping.1.OSSBucket|no-such-bucket|400|InvalidOSSBucket.NotFound",
                "DiskDeviceMapping.1.OSSBucket|NO|400|InvalidOSSBucket.NotFound",
                "DiskDeviceMapping.1.OSSObject|missing.raw|400|InvalidOSSObject.NotFound",
                "DiskDeviceMapping.1.OSSObject|../x|400|InvalidOSSObject.Malformed",
                "DiskDeviceMapping.1.OSSObject|disk.qcow2|400|InvalidImageFormat.Malformed",
                "DiskDeviceMapping.1.Format|WORD|400|InvalidImageFormat.Malformed",
                "ImageName|9|400|InvalidImageName.Malformed",
                "Description|x|400|InvalidDescription.Malformed",
                "Architecture|sparc|400|InvalidArchitecture.Malformed",
                "OSType|beos|400|InvalidOSType.Malformed",
                "BootMode|coreboot|400|InvalidParameter.Format",
                "LicenseType|GPL|400|InvalidLicenseType.NotSupported",
                "ResourceGroupId|rg|404|InvalidResourceGroup.NotFound",
                "DryRun|true|400|DryRunOperation"
            })
    void aBadImportIsRefused(String name, String value, int status, String code) {
        isRefused(importing(name, value == null ? "" : value), status, code);
    }

    @Test
    void anImportWithoutDisksSaysSo() {
        isRefused(
                scene.ask("ImportImage", "RegionId", HANGZHOU),
                403,
                "MissingParameter.DiskDeviceMapping");
    }

    @Test
    void anImageHasSeventeenDisksAtMost() {
        List<String> disks = new ArrayList<>();
        for (int i = 2; i <= 17; i++) {
            disks.addAll(List.of("DiskDeviceMapping." + i + ".OSSBucket", "images"));
            disks.addAll(List.of("DiskDeviceMapping." + i + ".OSSObject", "disk.raw"));
        }
        assertThat(importing(disks.toArray(String[]::new)).status()).isEqualTo(200);
        disks.addAll(List.of("DiskDeviceMapping.18.OSSBucket", "images"));
        isRefused(importing(disks.toArray(String[]::new)), 400, "InvalidParameter.Format");
    }

    @Test
    void anImportLongerThanTheRegionTakesIsRefused() {
        scene.object("large.raw", 100 * GIB + 1);

        RawHttp.Reply reply = importing("DiskDeviceMapping.1.OSSObject", "large.raw");

        isRefused(reply, 400, "InvalidImageSize");
        assertThat(reply.message())
                .isEqualTo("It has 107374182401 bytes; the region takes 107374182400.");
    }

    @Test
    void theFormatThatIsNotTakenIsNamedInTheAdvice() {
        RawHttp.Reply reply = importing("DiskDeviceMapping.1.OSSObject", "disk.qcow2");

        assertThat(reply.code()).isEqualTo("InvalidImageFormat.Malformed");
        assertThat(reply.json().path("Recommend").asString()).contains("QCOW2");
    }

    @Test
    void anImportedImageShowsItsObjectWhileItComes() {
        importing("ImageName", "imported");

        JsonNode disk =
                scene.call("DescribeImages", "RegionId", HANGZHOU, "Status", "Waiting")
                        .path("Images")
                        .path("Image")
                        .path(0)
                        .path("DiskDeviceMappings")
                        .path("DiskDeviceMapping")
                        .path(0);
        assertThat(disk.path("ImportOSSBucket").asString()).isEqualTo("images");
        assertThat(disk.path("ImportOSSObject").asString()).isEqualTo("disk.raw");
    }

    private RawHttp.Reply exporting(ImageId image, String... more) {
        return ask("ExportImage", more, "ImageId", image.value(), "OSSBucket", "images");
    }

    @Test
    void anExportAnswersWithItsTaskWhichNamesTheObjects() {
        ImageId image = scene.image(EdgeScene.ACCOUNT, "golden", Tags.NONE, GIB, GIB);

        JsonNode answer = exporting(image, "OSSPrefix", "pre").json();

        String task = answer.path("TaskId").asString();
        assertThat(answer.path("ExportTaskId").asString()).isEqualTo(task);
        JsonNode progress = attribute(task).path("OperationProgressSet").path("OperationProgress");
        assertThat(progress.size()).isEqualTo(2);
        assertThat(progress.path(1).path("RelatedItemSet").path("RelatedItem").toString())
                .isEqualTo(
                        """
                        [{"Name":"OSSBucket","Value":"images"},\
                        {"Name":"OSSObject","Value":"pre_%s_%s_data1.raw"},\
                        {"Name":"ImageFormat","Value":"raw"}]\
                        """
                                .formatted(image, task));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RegionId|cn-nowhere|400|InvalidRegionId.NotFound|The specified RegionId does not exist.",
                "ImageId|m-zzzzzzzzzzzzzzzzzzzz|404|InvalidImageId.NotFound|The specified ImageId does not exist.",
                "OSSBucket|no-such-bucket|400|InvalidOSSBucket.NotFound|The specified OSS bucket does not exist in this region.",
                "OSSPrefix|a-b|400|InvalidOSSPrefix.Malformed|The specified OSSPrefix format is wrongly formed.",
                "ImageFormat|vmdk|400|InvalidImageFormat.Malformed|The specified Image Format is wrongly formed.",
                "ImageFormat|vdi|400|InvalidImageFormat.Malformed|The specified Image Format is wrongly formed.",
                "Compressed|true|400|InvalidImageFormat.Malformed|The specified Image Format is wrongly formed.",
                "DryRun|true|400|DryRunOperation|Request validation has been passed with DryRun flag set."
            })
    void aBadExportIsRefused(String name, String value, int status, String code, String message) {
        RawHttp.Reply reply = exporting(scene.image("golden"), name, value);

        isRefused(reply, status, code);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void anImageIsExportedOnceAtATime() {
        ImageId image = scene.image("golden");
        assertThat(exporting(image, "ImageFormat", "RAW").status()).isEqualTo(200);

        isRefused(exporting(image), 403, "ImageIsExporting");
    }

    @Test
    void whatIsNotAvailableIsNotExported() {
        ImageId copy = scene.copyOf(scene.image("golden"), "copy");

        RawHttp.Reply reply =
                scene.ask(
                        "ExportImage",
                        "RegionId",
                        SHANGHAI,
                        "ImageId",
                        copy.value(),
                        "OSSBucket",
                        "images");

        isRefused(reply, 400, "IncorrectImageStatus");
        assertThat(reply.message()).isEqualTo("The specified Image is not available.");
    }

    private JsonNode attribute(String task) {
        return scene.call("DescribeTaskAttribute", "RegionId", HANGZHOU, "TaskId", task);
    }

    @Test
    void aTaskShowsHowItGoesAndEnds() {
        String id = importing().json().path("TaskId").asString();
        TaskId task = new TaskId(id);
        assertThat(attribute(id).path("TaskStatus").asString()).isEqualTo("Waiting");
        assertThat(attribute(id).path("TaskProcess").asString()).isEqualTo("0%");
        assertThat(attribute(id).path("SupportCancel").asString()).isEqualTo("true");

        scene.change(task, it -> it.start(scene.now(), 0).with(new Progress(100, 42, 0, 0)));
        assertThat(attribute(id).path("TaskStatus").asString()).isEqualTo("Processing");
        assertThat(attribute(id).path("TaskProcess").asString()).isEqualTo("42%");

        scene.change(task, it -> it.end(new TaskState.Done(scene.now())));
        JsonNode done = attribute(id);
        assertThat(done.path("TaskStatus").asString()).isEqualTo("Finished");
        assertThat(done.path("TaskProcess").asString()).isEqualTo("100%");
        assertThat(done.path("SuccessCount").asInt()).isEqualTo(1);
        assertThat(done.path("FinishedTime").asString()).isEqualTo("2026-11-22T01:09:36Z");
        assertThat(done.path("SupportCancel").asString()).isEqualTo("false");
        assertThat(
                        done.path("OperationProgressSet")
                                .path("OperationProgress")
                                .path(0)
                                .path("OperationStatus")
                                .asString())
                .isEqualTo("Success");
    }

    @Test
    void aFailedTaskSaysWhy() {
        String id = importing().json().path("TaskId").asString();
        scene.change(
                new TaskId(id),
                it -> it.end(new TaskState.Failed(scene.now(), "the object changed")));

        JsonNode failed = attribute(id);

        assertThat(failed.path("TaskStatus").asString()).isEqualTo("Failed");
        assertThat(failed.path("FailedCount").asInt()).isEqualTo(1);
        JsonNode operation = failed.path("OperationProgressSet").path("OperationProgress").path(0);
        assertThat(operation.path("ErrorCode").asString()).isEqualTo("ImportImageFailed");
        assertThat(operation.path("ErrorMsg").asString()).isEqualTo("the object changed");
    }

    @Test
    void tasksAreListedByWhatTheyAre() {
        String imported = importing().json().path("TaskId").asString();
        ImageId golden = scene.image("golden");
        String exported = exporting(golden).json().path("TaskId").asString();
        scene.change(new TaskId(exported), it -> it.start(scene.now(), 0));
        String copied = scene.taskOf(scene.copyOf(golden, "copy")).value();

        assertThat(tasks(HANGZHOU)).containsExactlyInAnyOrder(imported, exported);
        assertThat(tasks(SHANGHAI)).containsExactly(copied);
        assertThat(tasks(SHANGHAI, "TaskAction", "CopyImage")).containsExactly(copied);
        assertThat(tasks(HANGZHOU, "TaskAction", "ImportImage")).containsExactly(imported);
        assertThat(tasks(HANGZHOU, "TaskAction", "RedeployInstance")).isEmpty();
        assertThat(tasks(HANGZHOU, "TaskStatus", "Processing")).containsExactly(exported);
        assertThat(tasks(HANGZHOU, "TaskStatus", "Waiting")).containsExactly(imported);
        assertThat(tasks(HANGZHOU, "TaskStatus", "Dancing")).hasSize(2);
        assertThat(tasks(HANGZHOU, "TaskIds", imported + ",t-x")).containsExactly(imported);
        assertThat(tasks(HANGZHOU, "TaskIds", "t-x")).isEmpty();
        assertThat(tasks(HANGZHOU, "ResourceIds.1", golden.value())).containsExactly(exported);
        assertThat(tasks(HANGZHOU, "EndTime", "2026-11-22T01:00:00Z")).isEmpty();
        assertThat(tasks(HANGZHOU, "StartTime", "2026-11-22T01:00:00Z")).hasSize(2);
        assertThat(tasks(HANGZHOU, "TaskGroupId", "g")).isEmpty();
        assertThat(scene.askAsOther("DescribeTasks", "RegionId", HANGZHOU).text())
                .contains("\"TaskSet\":{\"Task\":[]},\"TotalCount\":0");
    }

    private List<String> tasks(String region, String... filter) {
        List<String> parameters = new ArrayList<>(List.of("RegionId", region));
        parameters.addAll(List.of(filter));
        JsonNode answer = scene.call("DescribeTasks", parameters.toArray(String[]::new));
        List<String> ids = new ArrayList<>();
        answer.path("TaskSet")
                .path("Task")
                .forEach(task -> ids.add(task.path("TaskId").asString()));
        assertThat(answer.path("TotalCount").asInt()).isEqualTo(ids.size());
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeTasks,RegionId,cn-nowhere,400,InvalidRegionId.NotFound",
        "DescribeTasks,StartTime,yesterday,400,InvalidParameter.Format",
        "DescribeTaskAttribute,TaskId,t-x,400,InvalidTaskId.NotFound",
        "DescribeTaskAttribute,TaskId,t-zzzzzzzzzzzzzzzzzzzz,400,InvalidTaskId.NotFound",
        "CancelTask,TaskId,t-zzzzzzzzzzzzzzzzzzzz,400,InvalidTaskId.NotFound",
        "CancelTask,RegionId,NOWHERE,400,InvalidRegionId.NotFound",
        "CancelTask,X,x,400,MissingParameter"
    })
    void whatIsNoTaskIsNotFound(String action, String name, String value, int status, String code) {
        isRefused(ask(action, new String[] {name, value}), status, code);
    }

    @Test
    void anImportCanBeCancelledOnceAndLeavesNothing() {
        JsonNode answer = importing().json();
        String task = answer.path("TaskId").asString();

        assertThat(cancel(task).status()).isEqualTo(200);
        assertThat(scene.find(new ImageId(answer.path("ImageId").asString()))).isEmpty();
        assertThat(attribute(task).path("TaskStatus").asString()).isEqualTo("Deleted");
        isRefused(cancel(task), 403, "InvalidTaskId.IncorrectTaskStatus");
    }

    @Test
    void aCopyIsCancelledByItsOwnActionOnly() {
        ImageId copy = scene.copyOf(scene.image("golden"), "copy");

        isRefused(cancel(scene.taskOf(copy).value()), 403, "InvalidTaskId.TaskActionNotSupport");
    }

    @Test
    void nobodyCancelsOrSeesWhatOthersDo() {
        String task = importing().json().path("TaskId").asString();

        for (String action : new String[] {"CancelTask", "DescribeTaskAttribute"}) {
            assertThat(scene.askAsOther(action, "RegionId", HANGZHOU, "TaskId", task).code())
                    .isEqualTo("InvalidTaskId.NotFound");
        }
    }

    private RawHttp.Reply cancel(String task) {
        return scene.ask("CancelTask", "RegionId", HANGZHOU, "TaskId", task);
    }
}
