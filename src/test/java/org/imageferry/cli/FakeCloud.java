package org.imageferry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.cli.FakeFerry.Refused;
import org.imageferry.cli.FakeFerry.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a [FakeFerry] holds: images, tasks, objects; and its answers.
///
/// With each look at a region's queue its tasks come along: waiting, half done, ended.
final class FakeCloud {
    static final List<String> REGIONS = List.of("cn-hangzhou", "cn-shanghai", "eu-central-1");
    private static final int LOOKS = 2;

    /// An image; `source` and `sourceRegion` are empty unless it is a copy.
    record Image(
            String id,
            String name,
            String region,
            String status,
            String source,
            String sourceRegion,
            FakeObject content) {
        Image with(String next) {
            return new Image(id, name, region, next, source, sourceRegion, content);
        }
    }

    record Task(String id, String action, String region, String image, int looks) {}

    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Map<String, Task> open = new LinkedHashMap<>();
    private final Map<String, Task> ended = new LinkedHashMap<>();
    private final FakeBuckets buckets = new FakeBuckets();
    private final FakeAttributes attributes = new FakeAttributes();
    private final FakeSnapshots snapshots = new FakeSnapshots();
    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private int ids;

    /// An available image with this content.
    synchronized String anImage(String region, String name, byte[] content) {
        FakeObject object = new FakeObject(content.length);
        object.put(0, content);
        String id = id("m-");
        images.put(id, new Image(id, name, region, "Available", "", "", object));
        return id;
    }

    /// A copy or import that is under way.
    synchronized String aTask(String action, String region, String name) {
        String image = anImage(region, name, new byte[] {1});
        images.computeIfPresent(image, (_, made) -> made.with("Waiting"));
        return task(action, region, image);
    }

    synchronized Optional<Image> image(String name) {
        return images.values().stream().filter(image -> image.name().equals(name)).findFirst();
    }

    FakeBuckets buckets() {
        return buckets;
    }

    /// From now on tasks in this region end with this reason.
    void tasksFail(String region, String reason) {
        failing.put(region, reason);
    }

    synchronized ObjectNode answer(Request request, byte[] body) throws Refused {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        switch (request.action()) {
            case "DescribeRegions" -> describeRegions(answer);
            case "DescribeRegionUsage" -> describeUsage(answer);
            case "DescribeImages" -> describeImages(request, answer);
            case "DescribeQueue" -> describeQueue(request, answer);
            case "DescribeImageDetail" -> describeDetail(request, answer);
            case "DescribeTaskAttribute" -> describeTask(request, answer);
            case "ImportImage" -> importImage(request, answer);
            case "CopyImage" -> copyImage(request, answer);
            case "ExportImage" ->
                    answer.put(
                            "TaskId",
                            task("ExportImage", request.get("RegionId"), find(request).id()));
            case "VerifyImages" ->
                    answer.put(
                            "TaskId",
                            task("VerifyImages", request.get("RegionId"), request.get("ImageId")));
            case "PlanCopy" ->
                    answer.put("ContentBytes", 5 << 20)
                            .put("NewBytes", 3 << 20)
                            .put("NewStoredBytes", 1 << 20);
            case "CancelCopyImage" -> cancel(find(request).id());
            case "CancelTask" -> cancelTask(request);
            case "DeleteImage" -> images.remove(find(request).id());
            case "CopySnapshot" -> copySnapshot(request, answer);
            case "DescribeTasks" -> describeTasks(request, answer);
            case "CollectGarbage" -> collectGarbage(answer);
            case "DescribeNodes" -> FakeNodes.describe(answer);
            case "DrainNode", "ResumeNode" -> {}
            default -> {
                if (!attributes.answer(request, answer) && !snapshots.answer(request, answer)) {
                    buckets.answer(request, body, answer);
                }
            }
        }
        return answer;
    }

    private String id(String prefix) {
        ids++;
        return prefix + ids;
    }

    private static void describeRegions(ObjectNode answer) {
        ArrayNode list = answer.putObject("Regions").putArray("Region");
        REGIONS.forEach(region ->
                list.addObject()
                        .put("RegionId", region)
                        .put("LocalName", region.toUpperCase(java.util.Locale.ROOT))
                        .put("Status", "available"));
    }

    private void describeUsage(ObjectNode answer) {
        ArrayNode list = answer.putObject("Regions").putArray("Region");
        REGIONS.forEach(region ->
                list.addObject()
                        .put("RegionId", region)
                        .put("NeededObjects", inRegion(region).size())
                        .put("NeededBytes", 2 << 20)
                        .put("IdleObjects", 1)
                        .put("IdleBytes", 1 << 20)
                        .put("CondemnedObjects", 1)
                        .put("CondemnedBytes", 1 << 20)
                        .put("DeadBytes", 512 << 10)
                        .put("BadBlocks", 2)
                        .put("LostObjects", 1)
                        .put("UnAvailableImages", 4)
                        .put("OldestCheckTime", "2026-11-01T08:00:00.000Z"));
    }

    private List<Image> inRegion(String region) {
        return images.values().stream().filter(image -> image.region().equals(region)).toList();
    }

    private void describeImages(Request request, ObjectNode answer) throws Refused {
        if (!REGIONS.contains(request.get("RegionId"))) {
            throw new Refused(
                    404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
        }
        boolean all = request.get("Status").equals("ALL");
        List<Image> found =
                inRegion(request.get("RegionId")).stream()
                        .filter(image -> all || image.status().equals("Available"))
                        .filter(image -> matches(request.get("ImageId"), image.id()))
                        .filter(image -> matches(request.get("ImageName"), image.name()))
                        .toList();
        answer.put("TotalCount", found.size());
        int page = Integer.parseInt(request.get("PageNumber"));
        int size = Integer.parseInt(request.get("PageSize"));
        ArrayNode list = answer.putObject("Images").putArray("Image");
        found.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(image -> describe(list.addObject(), image));
    }

    private static boolean matches(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static void describe(ObjectNode node, Image image) {
        node.put("ImageId", image.id())
                .put("ImageName", image.name())
                .put("Status", image.status())
                .put("Progress", image.status().equals("Available") ? "100%" : "0%")
                .put("Size", 1)
                .put("Description", "")
                .put("OSType", "linux")
                .put("Platform", "Debian")
                .put("Architecture", "x86_64")
                .put("BootMode", "UEFI")
                .put("CreationTime", "2026-11-22T01:09:36Z");
        node.putObject("DiskDeviceMappings")
                .putArray("DiskDeviceMapping")
                .addObject()
                .put("SnapshotId", image.id().replace("m-", "s-"));
        node.putObject("Tags")
                .putArray("Tag")
                .addObject()
                .put("TagKey", "team")
                .put("TagValue", "base");
    }

    private void describeQueue(Request request, ObjectNode answer) {
        ArrayNode queues = answer.putObject("Queues").putArray("Queue");
        for (String region : REGIONS) {
            if (matches(request.get("RegionId"), region)) {
                ObjectNode queue =
                        queues.addObject()
                                .put("RegionId", region)
                                .put("Status", "available")
                                .put("RunningLimit", 1);
                ArrayNode tasks = queue.putObject("Tasks").putArray("Task");
                for (Task task : List.copyOf(open.values())) {
                    if (task.region().equals(region)) {
                        look(task, tasks);
                    }
                }
            }
        }
    }

    private void look(Task task, ArrayNode tasks) {
        if (task.looks() >= LOOKS) {
            end(task);
            return;
        }
        boolean waiting = task.looks() == 0;
        open.put(
                task.id(),
                new Task(task.id(), task.action(), task.region(), task.image(), task.looks() + 1));
        tasks.addObject()
                .put("TaskId", task.id())
                .put("TaskAction", task.action())
                .put("Status", waiting ? "Waiting" : "Running")
                .put("Position", waiting ? 3 : 0)
                .put("ImageId", task.image())
                .put(
                        "ImageName",
                        images.containsKey(task.image()) ? images.get(task.image()).name() : "")
                .put("Progress", waiting ? "0%" : "50%")
                .put("TotalBytes", waiting ? 0 : 4 << 20)
                .put("DoneBytes", waiting ? 0 : 2 << 20)
                .put("MovedBytes", waiting ? 0 : 1 << 20)
                .put("RemainTime", waiting ? 0 : 75);
    }

    private void end(Task task) {
        open.remove(task.id());
        ended.put(task.id(), task);
        Image image = images.get(task.image());
        boolean failed = failing.containsKey(task.region());
        if (image != null && !failed && task.action().equals("ExportImage")) {
            buckets.objects()
                    .put(
                            task.region() + "/" + image.id() + "_" + task.id() + ".raw",
                            image.content());
        } else if (image != null && task.action().matches("CopyImage|ImportImage")) {
            images.put(image.id(), image.with(failed ? "CreateFailed" : "Available"));
        }
    }

    private void describeTask(Request request, ObjectNode answer) throws Refused {
        String id = request.get("TaskId");
        Task task = open.getOrDefault(id, ended.get(id));
        if (task == null) {
            throw new Refused(
                    400, "InvalidTaskId.NotFound", "The specified \"TaskId\" is not found.");
        }
        String reason = failing.getOrDefault(task.region(), "");
        boolean over = ended.containsKey(id);
        answer.put("TaskId", id)
                .put("TaskStatus", over ? reason.isEmpty() ? "Finished" : "Failed" : "Processing");
        ObjectNode step =
                answer.putObject("OperationProgressSet").putArray("OperationProgress").addObject();
        if (!reason.isEmpty()) {
            step.put("ErrorMsg", reason).put("ErrorCode", "Damaged");
        }
        if (task.action().equals("ExportImage")) {
            step.putObject("RelatedItemSet")
                    .putArray("RelatedItem")
                    .addObject()
                    .put("Name", "OSSObject")
                    .put("Value", task.image() + "_" + id + ".raw");
        }
    }

    private void describeDetail(Request request, ObjectNode answer) throws Refused {
        Image image = find(request);
        answer.put("ImageId", image.id())
                .put("ImageName", image.name())
                .put("Status", image.status());
        answer.putObject("Origin")
                .put("SourceImageId", image.source())
                .put("SourceRegionId", image.sourceRegion());
        answer.putObject("Task")
                .put("TaskId", "t-1")
                .put("Status", "Finished")
                .put("Reason", failing.getOrDefault(image.region(), ""))
                .put("TotalBytes", 4 << 20)
                .put("MovedBytes", 1 << 20)
                .put("StoredBytes", 512 << 10);
        FakeDetail.writeDisk(answer, image);
        ArrayNode copies = answer.putObject("Copies").putArray("Copy");
        images.values().stream()
                .filter(copy -> copy.source().equals(image.id()))
                .forEach(copy ->
                        copies.addObject()
                                .put("ImageId", copy.id())
                                .put("RegionId", copy.region())
                                .put("Status", copy.status()));
    }

    private void importImage(Request request, ObjectNode answer) throws Refused {
        String region = request.get("RegionId");
        FakeObject content =
                buckets.object(region + "/" + request.get("DiskDeviceMapping.1.OSSObject"));
        String id = id("m-");
        images.put(id, new Image(id, request.get("ImageName"), region, "Waiting", "", "", content));
        answer.put("ImageId", id).put("TaskId", task("ImportImage", region, id));
    }

    private void copyImage(Request request, ObjectNode answer) throws Refused {
        Image source = find(request);
        String region = request.get("DestinationRegionId");
        if (!REGIONS.contains(region)) {
            throw new Refused(
                    400, "DestinationRegion.NotFound", "The destination region not found.");
        }
        if (request.get("DryRun").equals("true")) {
            throw new Refused(400, "DryRunOperation", "Request validation has been passed.");
        }
        String id = id("m-");
        images.put(
                id,
                new Image(
                        id,
                        request.get("DestinationImageName"),
                        region,
                        "Waiting",
                        source.id(),
                        source.region(),
                        source.content()));
        task("CopyImage", region, id);
        answer.put("ImageId", id);
    }

    private void copySnapshot(Request request, ObjectNode answer) {
        String id = id("s-");
        task("CopySnapshot", request.get("DestinationRegionId"), id);
        answer.put("SnapshotId", id);
    }

    private void describeTasks(Request request, ObjectNode answer) {
        ArrayNode tasks = answer.putObject("TaskSet").putArray("Task");
        open.values().stream()
                .filter(task -> task.image().equals(request.get("ResourceIds.1")))
                .forEach(task -> tasks.addObject().put("TaskId", task.id()));
    }

    private String task(String action, String region, String image) {
        String id = id("t-");
        open.put(id, new Task(id, action, region, image, 0));
        return id;
    }

    private Image find(Request request) throws Refused {
        Image image = images.get(request.get("ImageId"));
        if (image == null || !image.region().equals(request.get("RegionId"))) {
            throw new Refused(
                    404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
        }
        return image;
    }

    private void cancel(String image) throws Refused {
        if (!open.values().removeIf(task -> task.image().equals(image))) {
            throw new Refused(400, "IncorrectImageStatus", "The image copy has completed.");
        }
        images.remove(image);
    }

    private void cancelTask(Request request) throws Refused {
        Task task = open.remove(request.get("TaskId"));
        if (task == null) {
            throw new Refused(
                    400, "InvalidTaskId.NotFound", "The specified \"TaskId\" is not found.");
        }
        images.remove(task.image());
    }

    private static void collectGarbage(ObjectNode answer) {
        answer.putObject("Regions")
                .putArray("Region")
                .addObject()
                .put("RegionId", "cn-hangzhou")
                .put("Condemned", 3)
                .put("Deleted", 2)
                .put("DeletedBytes", 32 << 20)
                .put("Waiting", 1)
                .put("Compacted", 4)
                .put("ReclaimedBytes", 16 << 20);
    }
}
