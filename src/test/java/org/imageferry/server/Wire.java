package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.imageferry.ecs.client.BucketClient;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.Endpoint;
import org.imageferry.ecs.client.RemoteObject;
import org.imageferry.settings.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The calls by which tests use a server, as any client would. It has no patience: a server that is
/// gone is gone.
final class Wire {
    private static final String BUCKET = "images";
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    private final EcsClient client;

    private Wire(EcsClient client) {
        this.client = client;
    }

    /// Signs with the access key that the server left in its data folder.
    static Wire to(String endpoint, Path data) throws StartException {
        return to(
                endpoint,
                Credentials.find(Map.of(), data.resolve("credentials"), new SecureRandom()));
    }

    static Wire to(String endpoint, Credentials own) {
        return new Wire(
                new EcsClient(
                        Endpoint.parse(endpoint),
                        new org.imageferry.ecs.client.Credentials(own.accessKeyId(), own.secret()),
                        HTTP,
                        InstantSource.system(),
                        () -> UUID.randomUUID().toString(),
                        _ -> {}));
    }

    /// An image as DescribeImages shows it.
    record Shown(String id, String name, String status, int percent, List<String> snapshots) {
        boolean available() {
            return status.equals("Available");
        }
    }

    /// What a region's store holds, by DescribeRegionUsage.
    record Usage(String status, long needed, long idle, long condemned) {}

    ObjectNode call(Call call) throws EcsFailure {
        return client.call(call);
    }

    BucketClient buckets() {
        return new BucketClient(client);
    }

    static RemoteObject object(String region, String key) {
        return new RemoteObject(region, BUCKET, key);
    }

    static Call importing(String region, String key, String name) {
        return Call.ecs("ImportImage")
                .with("RegionId", region)
                .with("ImageName", name)
                .with("DiskDeviceMapping.1.OSSBucket", BUCKET)
                .with("DiskDeviceMapping.1.OSSObject", key)
                .with("DiskDeviceMapping.1.Format", "RAW");
    }

    static Call copying(String region, String image, String destination, String name) {
        return Call.ecs("CopyImage")
                .with("RegionId", region)
                .with("ImageId", image)
                .with("DestinationRegionId", destination)
                .with("DestinationImageName", name);
    }

    /// @return the image's id
    String image(Call call) throws EcsFailure {
        return call(call).path("ImageId").asString();
    }

    void cancelCopy(String region, String image) throws EcsFailure {
        call(Call.ecs("CancelCopyImage").with("RegionId", region).with("ImageId", image));
    }

    void cancelTask(String region, String task) throws EcsFailure {
        call(Call.ecs("CancelTask").with("RegionId", region).with("TaskId", task));
    }

    void deleteImage(String region, String image) throws EcsFailure {
        call(Call.ecs("DeleteImage").with("RegionId", region).with("ImageId", image));
    }

    void deleteSnapshot(String region, String snapshot) throws EcsFailure {
        call(Call.ecs("DeleteSnapshot").with("RegionId", region).with("SnapshotId", snapshot));
    }

    /// @return the task's id
    String export(String region, String image) throws EcsFailure {
        Call call =
                Call.ecs("ExportImage")
                        .with("RegionId", region)
                        .with("ImageId", image)
                        .with("OSSBucket", BUCKET)
                        .with("ImageFormat", "raw");
        return call(call).path("TaskId").asString();
    }

    /// Exports the image, and compares what comes out with the disk.
    void assertComesBack(String region, TestDisk disk, String image) throws Exception {
        String task = export(region, image);
        assertThat(taskOutcome(region, task)).isEqualTo("Finished");
        var object = object(region, image + "_" + task + ".raw");
        String exported =
                Fingerprint.of(
                        disk.length(),
                        disk.extents(),
                        (offset, into) -> {
                            while (into.hasRemaining()) {
                                long at = offset + into.position();
                                into.put(buckets().read(object, at, into.remaining()));
                            }
                        });
        assertThat(exported).isEqualTo(disk.fingerprint());
        buckets().delete(object);
    }

    /// @return the task's id
    String verify(String region) throws EcsFailure {
        return call(Call.own("VerifyImages").with("RegionId", region)).path("TaskId").asString();
    }

    void collectGarbage() throws EcsFailure {
        call(Call.own("CollectGarbage").with("Now", "true"));
    }

    /// All images of a region, whatever their state.
    List<Shown> images(String region) throws EcsFailure {
        Call call =
                Call.ecs("DescribeImages")
                        .with("RegionId", region)
                        .with("Status", "ALL")
                        .with("PageSize", 100);
        List<Shown> images = new ArrayList<>();
        for (JsonNode image : call(call).path("Images").path("Image").values()) {
            images.add(shown(image));
        }
        assertThat(images).as("one page is enough").hasSizeLessThan(100);
        return images;
    }

    private static Shown shown(JsonNode image) {
        List<String> snapshots = new ArrayList<>();
        for (JsonNode disk : image.path("DiskDeviceMappings").path("DiskDeviceMapping").values()) {
            snapshots.add(disk.path("SnapshotId").asString());
        }
        String progress = image.path("Progress").asString();
        return new Shown(
                image.path("ImageId").asString(),
                image.path("ImageName").asString(),
                image.path("Status").asString(),
                Integer.parseInt(progress.substring(0, progress.length() - 1)),
                snapshots);
    }

    Optional<Shown> find(String region, String image) throws EcsFailure {
        return images(region).stream().filter(it -> it.id().equals(image)).findFirst();
    }

    List<String> snapshots(String region) throws EcsFailure {
        Call call = Call.ecs("DescribeSnapshots").with("RegionId", region).with("PageSize", 100);
        List<String> snapshots = new ArrayList<>();
        for (JsonNode each : call(call).path("Snapshots").path("Snapshot").values()) {
            snapshots.add(each.path("SnapshotId").asString());
        }
        assertThat(snapshots).as("one page is enough").hasSizeLessThan(100);
        return snapshots;
    }

    JsonNode detail(String region, String image) throws EcsFailure {
        return call(
                Call.own("DescribeImageDetail").with("RegionId", region).with("ImageId", image));
    }

    Usage usage(String region) throws EcsFailure {
        JsonNode usage =
                call(Call.own("DescribeRegionUsage").with("RegionId", region))
                        .path("Regions")
                        .path("Region")
                        .path(0);
        return new Usage(
                usage.path("Status").asString(),
                usage.path("NeededObjects").asLong(),
                usage.path("IdleObjects").asLong(),
                usage.path("CondemnedObjects").asLong());
    }

    /// How many tasks of the region have not ended.
    int openTasks(String region) throws EcsFailure {
        JsonNode queue = call(Call.own("DescribeQueue").with("RegionId", region));
        return queue.path("Queues").path("Queue").path(0).path("Tasks").path("Task").size();
    }

    /// A task's status and, if it failed, the reason.
    String task(String region, String task) throws EcsFailure {
        JsonNode tree =
                call(
                        Call.ecs("DescribeTaskAttribute")
                                .with("RegionId", region)
                                .with("TaskId", task));
        String reason =
                tree.path("OperationProgressSet")
                        .path("OperationProgress")
                        .path(0)
                        .path("ErrorMsg")
                        .asString("");
        return (tree.path("TaskStatus").asString() + " " + reason).strip();
    }

    /// Waits for the image, and gives what has become of it: `Available`, or why not.
    String outcome(String region, String image) throws Exception {
        String status =
                Patience.await(
                        "the end of " + image,
                        () ->
                                find(region, image)
                                        .map(Shown::status)
                                        .or(() -> Optional.of("gone"))
                                        .filter(it -> !it.matches("Waiting|Creating")));
        return status.equals("CreateFailed")
                ? detail(region, image).path("Task").path("Reason").asString()
                : status;
    }

    /// Waits for the task's end.
    String taskOutcome(String region, String task) throws Exception {
        return Patience.await(
                "the end of " + task,
                () ->
                        Optional.of(task(region, task))
                                .filter(it -> !it.matches("Waiting|Processing")));
    }

    /// Puts a disk's file into the region's bucket, as far as it is not there yet.
    ///
    /// @throws EcsFailure if the server goes meanwhile; the next call goes on where this one stopped
    void upload(TestDisk disk, String region, String key) throws EcsFailure, IOException {
        new TestUpload(buckets(), object(region, key), disk).run();
    }
}
