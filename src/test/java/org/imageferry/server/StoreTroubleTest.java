package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.imageferry.server.TroubleScene.OTHER;
import static org.imageferry.server.TroubleScene.SOURCE;
import static org.imageferry.server.TroubleScene.TROUBLED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A region's store that goes away or is another's stops this region and nothing else, and all goes on
/// by itself once it is back.
final class StoreTroubleTest {
    private static final int RESERVE_MIB = 1;

    @TempDir private Path folder;

    @Test
    void copiesWaitForAStoreThatVanishedAndOthersGoOn() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String image = scene.image();
            String more = scene.image();
            String first = scene.copy(image, TROUBLED);
            String second = scene.copy(more, TROUBLED);
            Patience.until(
                    "a part of a copy",
                    () -> scene.server().logged("part done").count() > 4); // four are of imports
            Path away = Files.move(scene.troubledStore(), folder.resolve("away"));
            scene.awaitStatus(TROUBLED, "mount its disk");
            scene.assertOpen(TROUBLED, second);
            assertThatExceptionOfType(EcsFailure.class)
                    .isThrownBy(() -> scene.copy(image, TROUBLED))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503))
                    .withMessageContaining(TROUBLED);
            scene.assertWhole(OTHER, scene.copy(image, OTHER));
            assertThat(scene.troubledStore()).as("a store in its place").doesNotExist();

            Files.move(away, scene.troubledStore());
            scene.awaitStatus(TROUBLED, "available");
            scene.assertWhole(TROUBLED, first);
            scene.assertWhole(TROUBLED, second);
        }
    }

    @Test
    void aStoreThatIsMissingAtTheStartIsNotMadeAnew() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String image = scene.image();
            String copy = scene.copy(image, TROUBLED);
            scene.assertWhole(TROUBLED, copy);
            scene.stop();
            Path away = Files.move(scene.troubledStore(), folder.resolve("away"));
            Files.createDirectory(scene.troubledStore()); // where a disk would be mounted
            scene.start();
            assertThat(scene.status(TROUBLED)).contains("mount its disk");
            assertThat(scene.wire().find(TROUBLED, copy)).isPresent();
            scene.assertWhole(OTHER, scene.copy(image, OTHER));
            assertThat(scene.troubledStore()).isEmptyDirectory();

            Files.delete(scene.troubledStore());
            Files.move(away, scene.troubledStore());
            scene.awaitStatus(TROUBLED, "available");
            scene.assertWhole(TROUBLED, copy);
        }
    }

    @Test
    void anotherInstallationsStoreIsNotTouched() throws Exception {
        Path foreign = foreignStore();
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String image = scene.image();
            String copy = scene.copy(image, TROUBLED);
            scene.assertWhole(TROUBLED, copy);
            scene.stop();
            Path away = Files.move(scene.troubledStore(), folder.resolve("away"));
            Files.move(foreign, scene.troubledStore());
            long files = files(scene.troubledStore());
            scene.start();
            assertThat(scene.status(TROUBLED)).contains("belongs to installation");
            scene.wire().collectGarbage();
            assertThat(files(scene.troubledStore())).isEqualTo(files);

            Files.move(scene.troubledStore(), folder.resolve("foreign-again"));
            Files.move(away, scene.troubledStore());
            scene.stop();
            scene.start();
            scene.assertWhole(TROUBLED, copy);
        }
    }

    private Path foreignStore() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (TroubleScene other = new TroubleScene(elsewhere, RESERVE_MIB)) {
            other.assertWhole(TROUBLED, other.copy(other.image(), TROUBLED));
            other.stop();
            return other.troubledStore();
        }
    }

    private static long files(Path store) throws Exception {
        try (var all = Files.walk(store)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aStoreThatIsReadOnlyIsCopiedFromButNotInto() throws Exception {
        try (TestMount mount = TestMount.make(TroubleScene.troubledStore(folder), 200);
                TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String copy = scene.copy(scene.image(), TROUBLED);
            scene.assertWhole(TROUBLED, copy);
            String more = scene.image();
            mount.readOnly(true);
            String waiting = scene.copy(more, TROUBLED);
            scene.awaitStatus(TROUBLED, "mount it writable");
            scene.assertOpen(TROUBLED, waiting);
            scene.assertWhole(OTHER, scene.copy(TROUBLED, copy, OTHER));

            mount.readOnly(false);
            scene.awaitStatus(TROUBLED, "available");
            scene.assertWhole(TROUBLED, waiting);
        }
    }

    @Test
    void aCopyIntoAStoreThatIsGoneIsCancelledAtOnce() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String image = scene.image();
            Path away = Files.move(scene.troubledStore(), folder.resolve("away"));
            String copy = scene.copy(image, TROUBLED);
            scene.awaitStatus(TROUBLED, "mount its disk");
            scene.wire().cancelCopy(TROUBLED, copy);
            assertThat(scene.wire().find(TROUBLED, copy)).isEmpty();
            assertThat(scene.wire().snapshots(TROUBLED)).isEmpty();
            scene.wire().deleteImage(SOURCE, image);
            Files.move(away, scene.troubledStore());
            assertThat(scene.server().terminate(Duration.ofSeconds(30))).isPresent();
        }
    }
}
