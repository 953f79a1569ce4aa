package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.imageferry.ecs.client.Call;
import org.imageferry.store.s3.TestBucket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// A server with regions in folders and one in object storage: all that images go through, both ways.
final class S3RegionTest {
    private static final String FOLDER = "cn-hangzhou";
    private static final String OTHER = "cn-shanghai";
    private static final String CLOUD = "eu-central-1";

    @TempDir private Path folder;
    private TestBucket bucket;
    private ServerProcess server;
    private Wire wire;

    @BeforeEach
    void start() throws Exception {
        bucket = TestBucket.make();
        restart();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        bucket.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void restart() throws Exception {
        String settings =
                """
                regions:
                  - id: %s
                  - id: %s
                    bandwidth-mib: 500
                  - id: %s
                    s3:
                      endpoint: %s
                      bucket: %s
                      prefix: ferry/
                      access-key-env: FERRY_KEY
                      secret-key-env: FERRY_SECRET
                      images-bucket: %s
                      images-prefix: disks/
                collector:
                  grace: 1m
                  every: 1s
                """
                        .formatted(
                                FOLDER,
                                OTHER,
                                CLOUD,
                                bucket.place().endpoint().orElseThrow(),
                                bucket.name(),
                                bucket.name());
        Path file = Files.writeString(folder.resolve("settings.yaml"), settings);
        server =
                ServerProcess.launch(
                                "127.0.0.1:0",
                                data(),
                                Map.of(
                                        "FERRY_KEY",
                                        bucket.keys().accessKeyId(),
                                        "FERRY_SECRET",
                                        bucket.keys().secret()),
                                List.of(),
                                "--config",
                                file.toString())
                        .ready();
        wire = Wire.to(server.endpoint(), data());
        awaitAvailable();
    }

    private void awaitAvailable() throws Exception {
        Patience.until(
                CLOUD + " that is available", () -> wire.usage(CLOUD).status().equals("available"));
    }

    private String imported(TestDisk disk) throws Exception {
        String name = disk.file().getFileName().toString();
        wire.upload(disk, FOLDER, name);
        String image = wire.image(Wire.importing(FOLDER, name, "image-" + name));
        assertThat(wire.outcome(FOLDER, image)).isEqualTo("Available");
        return image;
    }

    private String copied(String from, String image, String to) throws Exception {
        String copy = wire.image(Wire.copying(from, image, to, "copy-in-" + to + "-of-" + image));
        assertThat(wire.outcome(to, copy)).isEqualTo("Available");
        return copy;
    }

    private void assertWhole(String region, String image) throws Exception {
        Call call = Call.own("VerifyImages").with("RegionId", region).with("ImageId", image);
        String task = wire.call(call).path("TaskId").asString();
        assertThat(wire.taskOutcome(region, task)).isEqualTo("Finished");
    }

    @Test
    void imagesAreCopiedIntoABucketAndOutOfItAndExportedAndDeleted() throws Exception {
        TestDisk disk = TestDisk.make(folder.resolve("disk"), 1);
        String image = imported(disk);

        String there = copied(FOLDER, image, CLOUD);
        assertWhole(CLOUD, there);
        assertWhole(OTHER, copied(CLOUD, there, OTHER));

        assertThat(wire.taskOutcome(CLOUD, wire.export(CLOUD, there))).isEqualTo("Finished");
        List<String> exports = bucket.keys("disks/").toList();
        assertThat(exports).hasSize(1).allMatch(key -> key.contains("/images/" + there));
        assertEqual(disk.file(), exports.getFirst());

        assertThat(bucket.keys("ferry/segments/")).isNotEmpty();
        wire.deleteImage(CLOUD, there);
        for (String snapshot : wire.snapshots(CLOUD)) {
            wire.deleteSnapshot(CLOUD, snapshot);
        }
        wire.collectGarbage();
        Patience.until(
                "an empty bucket",
                () ->
                        Stream.concat(
                                        bucket.keys("ferry/segments/"),
                                        bucket.keys("ferry/manifests/"))
                                .findAny()
                                .isEmpty());
    }

    private void assertEqual(Path file, String key) throws IOException {
        try (InputStream expected = Files.newInputStream(file);
                InputStream exported =
                        bucket.client().getObject(it -> it.bucket(bucket.name()).key(key))) {
            byte[] piece = new byte[1 << 20];
            for (int count = expected.readNBytes(piece, 0, piece.length);
                    count > 0;
                    count = expected.readNBytes(piece, 0, piece.length)) {
                ByteArrayOutputStream ours = new ByteArrayOutputStream();
                ours.write(piece, 0, count);
                assertThat(exported.readNBytes(count)).isEqualTo(ours.toByteArray());
            }
            assertThat(exported.read()).isEqualTo(-1);
        }
    }

    @Test
    void aDiskImageThatAnyToolPutIntoTheBucketIsImported() throws Exception {
        String account = accountOf(imported(TestDisk.make(folder.resolve("disk"), 2)));
        byte[] bytes = new byte[5_000_000];
        new Random(2).nextBytes(bytes);
        bucket.client()
                .putObject(
                        it ->
                                it.bucket(bucket.name())
                                        .key("disks/" + account + "/images/by-hand.raw"),
                        RequestBody.fromBytes(bytes));

        String image = wire.image(Wire.importing(CLOUD, "by-hand.raw", "by-hand"));

        assertThat(wire.outcome(CLOUD, image)).isEqualTo("Available");
        assertWhole(CLOUD, image);
    }

    private String accountOf(String image) throws Exception {
        return wire.call(Call.ecs("DescribeImages").with("RegionId", FOLDER).with("ImageId", image))
                .path("Images")
                .path("Image")
                .path(0)
                .path("ImageOwnerId")
                .asString();
    }

    @Test
    void aCopyGoesOnAfterTheServerWasKilled() throws Exception {
        String image = imported(TestDisk.make(folder.resolve("disk"), 3, 4, 5));
        long before = server.logged("part done").count();
        String copy = wire.image(Wire.copying(FOLDER, image, CLOUD, "copy"));
        Patience.until("a part of the copy", () -> server.logged("part done").count() > before);
        server.kill();

        restart();

        assertThat(wire.outcome(CLOUD, copy)).isEqualTo("Available");
        assertWhole(CLOUD, copy);
        assertThat(wire.taskOutcome(CLOUD, wire.verify(CLOUD))).isEqualTo("Finished");
    }

    @Test
    void requestsAreCountedAndTold() throws Exception {
        copied(FOLDER, imported(TestDisk.make(folder.resolve("disk"), 6)), CLOUD);

        assertThat(server.terminate(Duration.ofSeconds(60))).isPresent();

        assertThat(server.log())
                .anyMatch(it ->
                        it.matches(".*requests to S3 .*/ferry/ .*put=\"[1-9].*bytes=\"[1-9].*"))
                .noneMatch(it -> it.contains(bucket.keys().secret()));
    }
}
