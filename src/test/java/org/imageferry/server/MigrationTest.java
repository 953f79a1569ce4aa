package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.RowDump;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.imageferry.cli.Relocations.Migration;
import org.imageferry.cli.Relocations.Relocated;
import org.imageferry.cli.Relocations.Watch;
import org.imageferry.ecs.client.Call;
import org.imageferry.store.s3.TestBucket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation in one folder is brought into PostgreSQL and a bucket.
final class MigrationTest {
    private static final String STAYS = RealServer.SOURCE;
    private static final String MOVES = "eu-central-1";
    private static final int DISK_BYTES = 6 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final PostgresAddress address = TestPostgres.empty();
    private final TestBucket bucket = TestBucket.make();
    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
        bucket.close();
        TestPostgres.drop(address);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path next() {
        return folder.resolve("next");
    }

    private Path config(String catalog) throws IOException {
        return Files.writeString(
                folder.resolve("settings.yaml"),
                """
                catalog: %s
                regions:
                  - id: cn-hangzhou
                  - id: cn-shanghai
                  - id: cn-beijing
                  - id: cn-hongkong
                  - id: ap-southeast-1
                  - id: us-east-1
                  - id: %s
                    s3:
                      endpoint: %s
                      bucket: %s
                      prefix: ferry/
                      access-key-env: FERRY_KEY
                      secret-key-env: FERRY_SECRET
                """
                        .formatted(
                                catalog,
                                MOVES,
                                bucket.place().endpoint().orElseThrow(),
                                bucket.name()));
    }

    private Map<String, String> variables() {
        return Map.of(
                "FERRY_KEY", bucket.keys().accessKeyId(), "FERRY_SECRET", bucket.keys().secret());
    }

    private Relocated migrate(String catalog, Watch watch) throws Exception {
        Migration order = new Migration(data(), config(catalog), next());
        return new MigrationRun(order, watch, variables()).run();
    }

    private record Images(String first, String copy, String sealed) {}

    /// A server with images, one of them encrypted, that was stopped.
    private Images installed() throws Exception {
        try (RealServer server = new RealServer(folder, DISK_BYTES)) {
            Wire wire = server.wire();
            String first = wire.image(Wire.importing(STAYS, RealServer.OBJECT, "golden"));
            assertThat(wire.outcome(STAYS, first)).isEqualTo("Available");
            String copy = wire.image(Wire.copying(STAYS, first, MOVES, "copy"));
            assertThat(wire.outcome(MOVES, copy)).isEqualTo("Available");
            String sealed =
                    wire.image(
                            Wire.copying(STAYS, first, MOVES, "sealed").with("Encrypted", "true"));
            assertThat(wire.outcome(MOVES, sealed)).isEqualTo("Available");
            wire.call(
                    Call.ecs("TagResources")
                            .with("RegionId", STAYS)
                            .with("ResourceType", "image")
                            .with("ResourceId.1", first)
                            .with("Tag.1.Key", "tab\tand \\ back")
                            .with("Tag.1.Value", "line\nend ü"));
            assertThat(server.process().terminate(PATIENCE)).isPresent();
            return new Images(first, copy, sealed);
        }
    }

    private Wire serve() throws Exception {
        ServerProcess process =
                ServerProcess.launch(
                                "127.0.0.1:0",
                                next(),
                                variables(),
                                List.of(),
                                "--config",
                                folder.resolve("settings.yaml").toString())
                        .ready();
        running.add(process);
        Wire wire = Wire.to(process.endpoint(), next());
        Patience.until(
                MOVES + " that is available", () -> wire.usage(MOVES).status().equals("available"));
        return wire;
    }

    /// All files of the old installation, with their lengths and times.
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        data().relativize(file).toString(),
                        Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        files.remove("lock");
        return files;
    }

    private void assertSame(Wire wire, Images images) throws Exception {
        ServerProcess process = (ServerProcess) running.getLast();
        export(process, STAYS, images.first());
        export(process, MOVES, images.copy());
        export(process, MOVES, images.sealed());
        for (String region : List.of(STAYS, MOVES)) {
            assertThat(wire.taskOutcome(region, wire.verify(region))).isEqualTo("Finished");
        }
        assertThat(wire.images(MOVES))
                .extracting(Wire.Shown::id)
                .containsExactlyInAnyOrder(images.copy(), images.sealed());
    }

    private void export(ServerProcess process, String region, String image) throws Exception {
        Path file = folder.resolve(image + ".raw");
        Program.Ran ran =
                new Program(folder, Map.of())
                        .run(
                                "export",
                                image,
                                "--region",
                                region,
                                "--output",
                                file,
                                "--data",
                                next(),
                                "--endpoint",
                                process.endpoint());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.mismatch(file, folder.resolve(RealServer.OBJECT))).isEqualTo(-1);
    }

    @Test
    void whateverTheStepAtWhichItIsBrokenOffTheNextTryGoesOn() throws Exception {
        Images images = installed();
        Map<String, String> before = files();
        int tries = 0;
        Optional<Relocated> ended = Optional.empty();
        while (ended.isEmpty()) {
            tries++;
            try {
                ended = Optional.of(migrate(address.toString(), new Told(tries)));
            } catch (Told.BrokenOff e) {
                assertThat(next().resolve("migrating")).exists();
                assertThat(files()).isEqualTo(before);
            }
        }
        Relocated done = ended.get();
        assertThat(tries).isGreaterThan(5);
        assertThat(done.rows()).hasValueSatisfying(rows -> assertThat(rows).isGreaterThan(50));
        assertThat(done.notes()).last().asString().contains("never run both");
        assertThat(RowDump.of(address, "public"))
                .isEqualTo(RowDump.of(data().resolve("catalog.db")));
        assertThat(bucket.keys("ferry/segments/")).isNotEmpty();
        assertThat(next().resolve("regions").resolve(MOVES)).doesNotExist();
        Wire wire = serve();
        assertSame(wire, images);
        String again = wire.image(Wire.copying(MOVES, images.copy(), STAYS, "back"));
        assertThat(wire.outcome(STAYS, again)).isEqualTo("Available");
        running.getLast().close();
        assertThatThrownBy(() -> migrate(address.toString(), new Told()))
                .hasMessageContaining("is not empty");
    }

    @Test
    void aRegionAloneMayMove() throws Exception {
        Images images = installed();

        Relocated done = migrate("embedded", new Told());

        assertThat(done.rows()).isEmpty();
        assertThat(next().resolve("catalog.db")).exists();
        assertSame(serve(), images);
        running.getLast().close();
        Wire old = Wire.to(startOld().endpoint(), data());
        assertThat(old.usage(STAYS).status()).isEqualTo("available");
    }

    private Path folders(String file, String stays, String moves) throws IOException {
        return Files.writeString(
                folder.resolve(file),
                "regions: [{id: %s%s}, {id: %s%s}]\n".formatted(STAYS, stays, MOVES, moves));
    }

    @Test
    void foldersOfRegionsOwnAreWhereTheSettingsSay() throws Exception {
        String stays = ", folder: " + folder.resolve("its-own");
        String image;
        String copy;
        Path old = folders("old.yaml", stays, "");
        try (RealServer server = new RealServer(folder, DISK_BYTES, "--config", old.toString())) {
            Wire wire = server.wire();
            image = wire.image(Wire.importing(STAYS, RealServer.OBJECT, "golden"));
            assertThat(wire.outcome(STAYS, image)).isEqualTo("Available");
            copy = wire.image(Wire.copying(STAYS, image, MOVES, "copy"));
            assertThat(wire.outcome(MOVES, copy)).isEqualTo("Available");
            assertThat(server.process().terminate(PATIENCE)).isPresent();
        }
        Path wanted = folders("settings.yaml", stays, ", folder: " + folder.resolve("its-next"));
        Relocated done =
                new MigrationRun(new Migration(data(), wanted, next()), new Told(), Map.of()).run();

        assertThat(done.regions()).hasSize(2);
        assertThat(next().resolve("regions").resolve(STAYS)).doesNotExist();
        assertThat(next().resolve("regions").resolve(MOVES)).doesNotExist();
        assertThat(folder.resolve("its-next").resolve("segments")).isNotEmptyDirectory();
        serve();
        export((ServerProcess) running.getLast(), STAYS, image);
        export((ServerProcess) running.getLast(), MOVES, copy);
    }

    private ServerProcess startOld() throws Exception {
        ServerProcess process = ServerProcess.launch(data()).ready();
        running.add(process);
        return process;
    }

    @Test
    void whatCanNotBeMigratedIsRefused() throws Exception {
        assertThatThrownBy(() -> migrate("embedded", new Told()))
                .hasMessageContaining("has no catalog");
        Images images = installed();
        PostgresAddress another = TestPostgres.empty();
        try {
            TestPostgres.open(another).close();
            assertThatThrownBy(() -> migrate(another.toString(), new Told()))
                    .hasMessageContaining("is another installation's");
        } finally {
            TestPostgres.drop(another);
        }
        Path config = config("embedded");
        Files.writeString(config, Files.readString(config).replace("  - id: " + STAYS + "\n", ""));
        Migration order = new Migration(data(), config, next());
        assertThatThrownBy(() -> new MigrationRun(order, new Told(), variables()).run())
                .hasMessageContaining("region " + STAYS + " is not in");
        assertThat(images.first()).isNotEmpty();
    }
}
