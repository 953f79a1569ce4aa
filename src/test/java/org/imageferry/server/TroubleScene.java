package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;

/// A server with three regions, one of which is going to have trouble.
final class TroubleScene implements AutoCloseable {
    static final String SOURCE = "cn-hangzhou";
    static final String TROUBLED = "cn-shanghai";
    static final String OTHER = "eu-central-1";

    private final Path folder;
    private final String settings;
    private final List<TestDisk> disks = new ArrayList<>();
    private ServerProcess server;
    private Wire wire;

    /// @param reserveMib free space that is never used up
    TroubleScene(Path folder, int reserveMib) throws Exception {
        this.folder = folder;
        String text =
                """
                regions:
                  - id: %s
                  - id: %s
                  - id: %s
                reserve-mib: %d
                collector:
                  every: 1s
                """
                        .formatted(SOURCE, TROUBLED, OTHER, reserveMib);
        this.settings = Files.writeString(folder.resolve("settings.yaml"), text).toString();
        start();
    }

    Path data() {
        return folder.resolve("data");
    }

    static Path troubledStore(Path folder) {
        return folder.resolve("data/regions").resolve(TROUBLED);
    }

    Path troubledStore() {
        return troubledStore(folder);
    }

    Wire wire() {
        return wire;
    }

    ServerProcess server() {
        return server;
    }

    void start() throws Exception {
        server = ServerProcess.launch(data(), "--config", settings).ready();
        wire = Wire.to(server.endpoint(), data());
    }

    void stop() throws InterruptedException {
        assertThat(server.terminate(Duration.ofSeconds(60))).isPresent();
    }

    /// Makes a disk of 40 MiB that has nothing in common with others, and imports it at the source.
    ///
    /// @return the image's id
    String image() throws Exception {
        String name = "disk-" + disks.size();
        long seed = 100L * disks.size();
        TestDisk disk = TestDisk.make(folder.resolve(name), seed + 1, seed + 2);
        disks.add(disk);
        wire.upload(disk, SOURCE, name);
        String image = wire.image(Wire.importing(SOURCE, name, "image-" + name));
        assertThat(wire.outcome(SOURCE, image)).isEqualTo("Available");
        return image;
    }

    String copy(String image, String destination) throws EcsFailure {
        return copy(SOURCE, image, destination);
    }

    String copy(String source, String image, String destination) throws EcsFailure {
        return wire.image(Wire.copying(source, image, destination, "copy-of-" + image));
    }

    /// Deletes an image and its snapshots.
    void delete(String region, String image) throws EcsFailure {
        Wire.Shown shown = wire.find(region, image).orElseThrow();
        wire.deleteImage(region, image);
        for (String snapshot : shown.snapshots()) {
            wire.deleteSnapshot(region, snapshot);
        }
    }

    /// What the region says of itself: `available`, or its trouble.
    String status(String region) throws EcsFailure {
        return wire.usage(region).status();
    }

    void awaitStatus(String region, String word) throws Exception {
        Patience.until(region + " that says \"" + word + "\"", () -> status(region).contains(word));
    }

    /// Has every block of the image's copy read and compared, and the stores beside.
    void assertWhole(String region, String image) throws Exception {
        assertThat(wire.outcome(region, image)).isEqualTo("Available");
        Call call = Call.own("VerifyImages").with("RegionId", region).with("ImageId", image);
        String task = wire.call(call).path("TaskId").asString();
        assertThat(wire.taskOutcome(region, task)).isEqualTo("Finished");
        assertThat(wire.taskOutcome(region, wire.verify(region))).isEqualTo("Finished");
    }

    /// Exports it, and compares it with the first disk.
    void assertExported(String region, String image) throws Exception {
        wire.assertComesBack(region, disks.getFirst(), image);
    }

    void assertOpen(String region, String image) throws EcsFailure {
        assertThat(wire.find(region, image).orElseThrow().status()).isIn("Waiting", "Creating");
    }

    @Override
    public void close() throws InterruptedException, IOException {
        server.close();
    }
}
