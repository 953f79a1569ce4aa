package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.imageferry.server.TroubleScene.OTHER;
import static org.imageferry.server.TroubleScene.SOURCE;
import static org.imageferry.server.TroubleScene.TROUBLED;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full loses nothing, and all goes on once there is room again.
final class FullDiskTest {
    private static final int RESERVE_MIB = 4;

    /// Two images take 56 MiB, stored.
    private static final int ROOM_FOR_ONE_MIB = 48;

    @TempDir private Path folder;

    @Test
    void aCopyWaitsForRoomAndOthersGoOn() throws Exception {
        try (TestMount mount =
                        TestMount.make(TroubleScene.troubledStore(folder), ROOM_FOR_ONE_MIB);
                TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String fits = scene.copy(scene.image(), TROUBLED);
            scene.assertWhole(TROUBLED, fits);
            String image = scene.image();
            String waits = scene.copy(image, TROUBLED);
            scene.awaitStatus(TROUBLED, "make room on its disk");
            scene.assertOpen(TROUBLED, waits);
            scene.assertWhole(OTHER, scene.copy(image, OTHER));
            scene.server().kill();
            scene.start();

            mount.resize(4 * ROOM_FOR_ONE_MIB);
            scene.awaitStatus(TROUBLED, "available");
            scene.assertWhole(TROUBLED, waits);
            scene.assertWhole(TROUBLED, fits);
        }
    }

    @Test
    void whatIsThereCanBeReadAndDeletedAndThatMakesRoom() throws Exception {
        try (TestMount _ = TestMount.make(TroubleScene.troubledStore(folder), ROOM_FOR_ONE_MIB);
                TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String fits = scene.copy(scene.image(), TROUBLED);
            scene.assertWhole(TROUBLED, fits);
            String waits = scene.copy(scene.image(), TROUBLED);
            scene.awaitStatus(TROUBLED, "make room on its disk");
            String export = scene.wire().export(TROUBLED, fits);
            assertThat(scene.wire().taskOutcome(TROUBLED, export)).isEqualTo("Finished");

            scene.delete(TROUBLED, fits);
            scene.wire().collectGarbage();
            scene.assertWhole(TROUBLED, waits);
        }
    }

    /// The reserve of the stores is what the catalog lives on.
    @Test
    void aFullDataFolderRefusesNewBytesAndKeepsTheOld() throws Exception {
        int reserve = 32;
        try (TestMount mount = TestMount.make(folder.resolve("data"), 160);
                TroubleScene scene = new TroubleScene(folder, reserve)) {
            String image = scene.image();
            String before = scene.copy(image, TROUBLED);
            scene.assertWhole(TROUBLED, before);
            TestDisk large = TestDisk.make(folder.resolve("large.raw"), 1001, 1002, 1003, 1004);
            assertThatExceptionOfType(EcsFailure.class)
                    .isThrownBy(() -> scene.wire().upload(large, SOURCE, "large"))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503))
                    .withMessageContaining("make room");
            String waits = scene.copy(image, OTHER);
            scene.awaitStatus(OTHER, "make room");
            scene.assertWhole(TROUBLED, before);

            mount.resize(1000);
            scene.awaitStatus(OTHER, "available");
            scene.assertWhole(OTHER, waits);
            scene.wire().upload(large, SOURCE, "large");
            String imported = scene.wire().image(Wire.importing(SOURCE, "large", "large"));
            scene.assertWhole(SOURCE, imported);
        }
    }

    /// Somebody else took the reserve, too.
    @Test
    void aCatalogWithoutRoomLosesNothing() throws Exception {
        try (TestMount _ = TestMount.make(folder.resolve("data"), 200);
                TroubleScene scene = new TroubleScene(folder, 0)) {
            String image = scene.image();
            Path ballast = scene.data().resolve("ballast");
            fill(ballast);
            assertThatExceptionOfType(EcsFailure.class)
                    .isThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            scene.wire().image(Wire.copying(SOURCE, image, OTHER, "copy-" + i));
                            scene.wire().cancelCopy(OTHER, id(scene));
                        }
                    })
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503));
            Files.delete(ballast);
            scene.assertWhole(TROUBLED, scene.copy(image, TROUBLED));
        }
    }

    private static String id(TroubleScene scene) throws EcsFailure {
        return scene.wire().images(OTHER).getFirst().id();
    }

    private static void fill(Path ballast) throws IOException {
        byte[] chunk = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }
}
