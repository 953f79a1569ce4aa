package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.imageferry.store.s3.TestBucket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A catalog in PostgreSQL that is lost, of one region in a folder and one in object storage.
final class RemoteRebuildTest {
    private static final String FOLDER = RealServer.SOURCE;
    private static final String CLOUD = "eu-central-1";
    private static final int DISK_BYTES = 3 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final PostgresAddress address = TestPostgres.empty();
    private final TestBucket bucket = TestBucket.make();

    @AfterEach
    void drop() {
        bucket.close();
        TestPostgres.drop(address);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path settings() throws Exception {
        return Files.writeString(
                folder.resolve("settings.yaml"),
                """
                catalog: %s
                regions:
                  - id: %s
                  - id: %s
                    s3:
                      endpoint: %s
                      bucket: %s
                      prefix: ferry/
                      access-key-env: FERRY_KEY
                      secret-key-env: FERRY_SECRET
                """
                        .formatted(
                                address,
                                FOLDER,
                                CLOUD,
                                bucket.place().endpoint().orElseThrow(),
                                bucket.name()));
    }

    private Map<String, String> variables() {
        return Map.of(
                "FERRY_KEY", bucket.keys().accessKeyId(), "FERRY_SECRET", bucket.keys().secret());
    }

    private Program.Ran rebuild() throws Exception {
        return new Program(folder, variables())
                .run("rebuild", "--data", data(), "--config", settings(), "-o", "json");
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.launch(
                        "127.0.0.1:0",
                        data(),
                        variables(),
                        List.of(),
                        "--config",
                        settings().toString())
                .ready();
    }

    private Wire wire(ServerProcess server) throws Exception {
        Wire wire = Wire.to(server.endpoint(), data());
        Patience.until(
                CLOUD + " that is available", () -> wire.usage(CLOUD).status().equals("available"));
        return wire;
    }

    private void assertWhole(Wire wire, String region) throws Exception {
        assertThat(wire.taskOutcome(region, wire.verify(region))).isEqualTo("Finished");
    }

    @Test
    void allImagesAreThereAgain() throws Exception {
        String image;
        String copy;
        try (ServerProcess server = start()) {
            Wire wire = wire(server);
            wire.upload(RealServer.disk(folder.resolve("disk"), DISK_BYTES), FOLDER, "disk");
            image = wire.image(Wire.importing(FOLDER, "disk", "golden"));
            assertThat(wire.outcome(FOLDER, image)).isEqualTo("Available");
            copy = wire.image(Wire.copying(FOLDER, image, CLOUD, "copy"));
            assertThat(wire.outcome(CLOUD, copy)).isEqualTo("Available");
            Patience.until("the records", () -> TestPostgres.count(address, "outbox") == 0);
            assertThat(rebuild().err()).contains("is in use by process");
            assertThat(server.terminate(PATIENCE)).isPresent();
        }
        assertThat(rebuild().err()).contains("there is nothing to rebuild");
        TestPostgres.execute(
                address.database(), "drop schema public cascade; create schema public");

        Program.Ran ran = rebuild();

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("Regions").path("Region"))
                .extracting(region -> region.path("Images").asInt())
                .containsExactly(1, 1);
        try (ServerProcess server = start()) {
            Wire wire = wire(server);
            assertThat(wire.images(FOLDER)).extracting(Wire.Shown::id).containsExactly(image);
            assertThat(wire.images(CLOUD))
                    .extracting(Wire.Shown::id, Wire.Shown::name)
                    .containsExactly(tuple(copy, "copy"));
            assertWhole(wire, FOLDER);
            assertWhole(wire, CLOUD);
        }
    }
}
