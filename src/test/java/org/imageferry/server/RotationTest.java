package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.server.TroubleScene.OTHER;
import static org.imageferry.server.TroubleScene.SOURCE;
import static org.imageferry.server.TroubleScene.TROUBLED;

import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose master key was rotated while it was stopped.
class RotationTest {
    @TempDir private Path folder;

    @Test
    void requestsAreStillSignedAndEncryptedImagesStillRead() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, 0)) {
            String image = scene.image();
            String copy = encrypted(scene, SOURCE, image, TROUBLED);
            scene.assertWhole(TROUBLED, copy);
            scene.stop();

            assertThat(MasterKeys.rotate(scene.data(), Optional.empty()).keys()).isEqualTo(1);

            scene.start();
            scene.assertWhole(TROUBLED, copy);
            String onward = encrypted(scene, TROUBLED, copy, OTHER);
            scene.assertWhole(OTHER, onward);
            assertThat(scene.server().log()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    private static String encrypted(
            TroubleScene scene, String source, String image, String destination) throws Exception {
        Call call = Wire.copying(source, image, destination, "copy-of-" + image);
        String copy = scene.wire().image(call.with("Encrypted", "true"));
        assertThat(scene.wire().outcome(destination, copy)).isEqualTo("Available");
        return copy;
    }
}
