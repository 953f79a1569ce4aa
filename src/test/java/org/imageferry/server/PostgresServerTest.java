package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import org.imageferry.cli.ServeOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose catalog is in PostgreSQL, and folders that do not belong to it.
class PostgresServerTest {
    private final PostgresAddress address = TestPostgres.empty();

    @TempDir private Path folder;
    private Path data;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        data = folder.resolve("data");
        config = config(address);
    }

    private Path config(PostgresAddress by) throws IOException {
        Path shared = Files.createDirectories(folder.resolve("shared"));
        return Files.writeString(
                folder.resolve("config-" + by.hosts().getFirst().port() + ".yaml"),
                """
                catalog: %s
                buckets: %s
                regions:
                  - id: %s
                  - id: %s
                """
                        .formatted(by, shared, RaceScene.SOURCE, RaceScene.DESTINATION));
    }

    @AfterEach
    void drop() {
        TestPostgres.drop(address);
    }

    private EmbeddedServer start(Path its) throws IOException {
        return EmbeddedServer.start(new ServeOptions(its, Optional.of(config), "127.0.0.1:0"));
    }

    private void startAndStop() throws IOException {
        start(data).stop();
    }

    private void refused(ServeOptions options, String... words) {
        assertThatThrownBy(() -> EmbeddedServer.start(options))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private ServeOptions withCatalog(Path its) {
        return new ServeOptions(its, Optional.of(config), "127.0.0.1:0");
    }

    @Test
    void anImageIsCopiedAndIsThereAfterTheNextStart() throws Exception {
        String copy;
        try (RaceScene scene =
                new RaceScene(folder, Ground.folder(), "--config", config.toString())) {
            String golden = scene.images(1).getFirst();
            copy =
                    scene.wire()
                            .image(
                                    Wire.copying(
                                            RaceScene.SOURCE,
                                            golden,
                                            RaceScene.DESTINATION,
                                            "copy"));
            assertThat(scene.wire().outcome(RaceScene.DESTINATION, copy)).isEqualTo("Available");
            scene.prove(TestPostgres.url(address));
        }
        assertThat(data.resolve("catalog.db")).doesNotExist();
        EmbeddedServer again = start(data);
        try {
            assertThat(Wire.to(again.endpoint(), data).images(RaceScene.DESTINATION))
                    .extracting(Wire.Shown::id)
                    .containsExactly(copy);
        } finally {
            again.stop();
        }
    }

    @Test
    void aNodeKeepsItsName() throws IOException {
        startAndStop();
        String name = Files.readString(data.resolve("node"));
        startAndStop();
        assertThat(Files.readString(data.resolve("node"))).isEqualTo(name).startsWith("node=node-");
    }

    @Test
    void aNodeNeedsTheMasterKeyOfTheOthers() throws IOException {
        startAndStop();
        Path second = folder.resolve("second");
        refused(withCatalog(second), "has a master key already", "copy master.key");
        assertThat(second.resolve("master.key")).doesNotExist();
        Path key = Files.writeString(second.resolve("master.key"), "00".repeat(32) + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        refused(withCatalog(second), "is not the key that wrapped the secrets");
        Files.copy(data.resolve("master.key"), key, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        start(second).stop();
    }

    /// Each makes a key of its own, and only one of them can have wrapped what the catalog holds.
    @Test
    void ofFirstNodesWithDifferentMasterKeysOneStarts() throws Exception {
        List<Callable<String>> starts =
                List.of(
                        () -> outcome(folder.resolve("one")),
                        () -> outcome(folder.resolve("two")),
                        () -> outcome(folder.resolve("three")));
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> each : threads.invokeAll(starts)) {
                outcomes.add(each.get());
            }
        }
        assertThat(outcomes).filteredOn("started"::equals).hasSize(1);
        assertThat(outcomes)
                .filteredOn(it -> !it.equals("started"))
                .allMatch(it -> it.contains("master key") || it.contains("master.key"));
    }

    private String outcome(Path its) {
        try {
            start(its).stop();
            return "started";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aFolderWithACatalogOfItsOwnIsNoNodes() throws IOException {
        EmbeddedServer.start(new ServeOptions(data, Optional.empty(), "127.0.0.1:0")).stop();
        refused(withCatalog(data), "has a catalog of its own");
    }

    @Test
    void aNodesFolderIsNotServedWithoutItsCatalog() throws IOException {
        startAndStop();
        refused(
                new ServeOptions(data, Optional.empty(), "127.0.0.1:0"),
                "is a node's of a catalog in PostgreSQL",
                "IMAGEFERRY_CATALOG");
        assertThat(data.resolve("catalog.db")).doesNotExist();
        assertThatThrownBy(() -> MasterKeys.rotate(data, Optional.empty()))
                .hasMessageContaining("is a node's of a catalog in PostgreSQL");
    }

    @Test
    void aRotatedMasterKeyIsThatOfAllNodes() throws Exception {
        startAndStop();
        Path second = Files.createDirectories(folder.resolve("second"));
        Path key = second.resolve("master.key");
        Files.copy(data.resolve("master.key"), key, StandardCopyOption.COPY_ATTRIBUTES);
        EmbeddedServer running = start(second);
        try {
            assertThatThrownBy(() -> MasterKeys.rotate(data, Optional.of(config)))
                    .hasMessageContaining("is in use: stop all servers on it first");
        } finally {
            running.stop();
        }

        assertThat(MasterKeys.rotate(data, Optional.of(config))).isEqualTo(new Rewrapped(2, 0));

        assertThat(Files.mismatch(data.resolve("master.key"), key)).isNotEqualTo(-1);
        refused(withCatalog(second), "is not the key that wrapped the secrets");
        startAndStop();
        Files.copy(
                data.resolve("master.key"),
                key,
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
        start(second).stop();
    }

    /// It still has the old key in memory, and would wrap new secrets with it.
    @Test
    void aNodeThatWasCutOffForAWholeRotationEndsAndSaysWhy() throws Exception {
        startAndStop();
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.copy(
                data.resolve("master.key"),
                second.resolve("master.key"),
                StandardCopyOption.COPY_ATTRIBUTES);
        try (Cable cable = new Cable(address.hosts().getFirst().port());
                ServerProcess node =
                        ServerProcess.launch(
                                        second,
                                        "--config",
                                        config(TestPostgres.at(cable.port(), address)).toString())
                                .ready()) {
            cable.cut();
            assertThat(MasterKeys.rotate(data, Optional.of(config)).accessKeys()).isEqualTo(2);
            assertThat(node.alive()).isTrue();
            cable.mend();
            assertThat(node.awaitEnd()).isEqualTo(1);
            assertThat(String.join("\n", node.log()))
                    .contains("given another master key while this node was cut off");
        }
        startAndStop();
    }

    @Test
    void nodesThatDoNotShareTheFolderOfDiskImagesAreRefused() throws Exception {
        startAndStop();
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.copy(
                data.resolve("master.key"),
                second.resolve("master.key"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Path alone = Files.writeString(folder.resolve("alone.yaml"), "catalog: " + address + "\n");
        ServeOptions unshared = new ServeOptions(second, Optional.of(alone), "127.0.0.1:0");
        refused(unshared, "second/buckets is not the folder", "name by 'buckets'");
        start(second).stop();
        Path mark = Path.of(".installation");
        Files.copy(folder.resolve("shared").resolve(mark), second.resolve("buckets").resolve(mark));
        EmbeddedServer.start(unshared).stop();
    }

    @Test
    void aRotationThatWasBrokenOffIsEndedAtTheNextStart() throws Exception {
        startAndStop();
        Path before = data.resolve("master.key");
        Path old = folder.resolve("old");
        Files.copy(before, old, StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(MasterKeys.rotate(data, Optional.of(config)).accessKeys()).isEqualTo(1);
        Files.move(before, data.resolve("master.key.new"));
        Files.move(old, before);

        startAndStop();

        assertThat(data.resolve("master.key.new")).doesNotExist();
        assertThat(data.resolve("catalog.db")).doesNotExist();
        startAndStop();
    }

    @Test
    void aNodesFolderIsOfOneCatalog() throws IOException {
        startAndStop();
        PostgresAddress another = TestPostgres.empty();
        try {
            boolean _ = Files.deleteIfExists(config);
            assertThat(config(another)).isEqualTo(config);
            refused(withCatalog(data), "belongs to a node of another catalog");
        } finally {
            TestPostgres.drop(another);
        }
    }
}
