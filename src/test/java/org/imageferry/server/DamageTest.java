package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.imageferry.server.TroubleScene.OTHER;
import static org.imageferry.server.TroubleScene.TROUBLED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A segment's file in which a bit has flipped.
final class DamageTest {
    private static final int RESERVE_MIB = 1;
    private static final int BIT_AT = 4_000;

    @TempDir private Path folder;

    @Test
    void whatIsDamagedIsKnownAndNotHandedOnUntilItIsPutRight() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String image = scene.copy(scene.image(), TROUBLED);
            scene.assertWhole(TROUBLED, image);
            Path segment = largestFile(scene.troubledStore().resolve("segments"));
            byte[] right = Files.readAllBytes(segment);
            flipABit(segment, right);

            assertThat(verify(scene, image)).startsWith("Failed ");
            JsonNode snapshot = snapshot(scene, image);
            assertThat(snapshot.path("Available").asBoolean()).isFalse();
            assertThat(snapshot.path("Status").asString()).isEqualTo("accomplished");
            assertThat(detail(scene, image).path("Damage").asString()).contains("part ");
            refuses(() -> scene.copy(TROUBLED, image, OTHER));
            refuses(() -> scene.wire().call(export(image)));
            refuses(() -> scene.wire().call(copying(snapshot.path("SnapshotId").asString())));

            Files.write(segment, right);
            assertThat(verify(scene, image)).isEqualTo("Finished");
            assertThat(snapshot(scene, image).path("Available").asBoolean()).isTrue();
            scene.assertWhole(OTHER, scene.copy(TROUBLED, image, OTHER));
        }
    }

    private static Path largestFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flipABit(Path file, byte[] right) throws IOException {
        byte[] wrong = right.clone();
        wrong[BIT_AT] ^= 1;
        Path beside = file.resolveSibling("beside");
        Files.write(beside, wrong);
        Files.delete(file); // it may be read-only
        Files.move(beside, file);
    }

    private static String verify(TroubleScene scene, String image) throws Exception {
        Call call = Call.own("VerifyImages").with("RegionId", TROUBLED).with("ImageId", image);
        String task = scene.wire().call(call).path("TaskId").asString();
        return scene.wire().taskOutcome(TROUBLED, task);
    }

    private static JsonNode snapshot(TroubleScene scene, String image) throws EcsFailure {
        String id = scene.wire().find(TROUBLED, image).orElseThrow().snapshots().getFirst();
        Call call =
                Call.ecs("DescribeSnapshots")
                        .with("RegionId", TROUBLED)
                        .with("SnapshotIds", "[\"" + id + "\"]");
        return scene.wire().call(call).path("Snapshots").path("Snapshot").path(0);
    }

    private static JsonNode detail(TroubleScene scene, String image) throws EcsFailure {
        Call call =
                Call.own("DescribeImageDetail").with("RegionId", TROUBLED).with("ImageId", image);
        return scene.wire().call(call).path("Disks").path("Disk").path(0);
    }

    private static Call export(String image) {
        return Call.ecs("ExportImage")
                .with("RegionId", TROUBLED)
                .with("ImageId", image)
                .with("OSSBucket", "images");
    }

    private static Call copying(String snapshot) {
        return Call.ecs("CopySnapshot")
                .with("RegionId", TROUBLED)
                .with("SnapshotId", snapshot)
                .with("DestinationRegionId", OTHER);
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
        assertThatExceptionOfType(EcsFailure.class)
                .isThrownBy(request)
                .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidSnapshotId.NotFound"));
    }
}
