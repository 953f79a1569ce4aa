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
    void whatIsDamagedIsHealedFromAnotherRegion() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String image = scene.copy(scene.image(), TROUBLED);
            scene.assertWhole(TROUBLED, image);
            flipABit(largestFile(scene.troubledStore().resolve("segments")));

            assertThat(verify(scene, image)).startsWith("Failed ").contains("healed", image);
            assertThat(usage(scene).path("BadBlocks").asLong()).isEqualTo(1);
            assertThat(usage(scene).path("UnAvailableImages").asLong()).isZero();
            scene.assertWhole(TROUBLED, image);
            scene.assertWhole(OTHER, scene.copy(TROUBLED, image, OTHER));
            scene.assertExported(TROUBLED, image);
        }
    }

    @Test
    void whatIsDamagedIsKnownAndNotHandedOnUntilItIsPutRight() throws Exception {
        try (TroubleScene scene = new TroubleScene(folder, RESERVE_MIB)) {
            String source = scene.image();
            String image = scene.copy(source, TROUBLED);
            scene.assertWhole(TROUBLED, image);
            scene.delete(TroubleScene.SOURCE, source); // nobody else has its blocks
            Path segment = largestFile(scene.troubledStore().resolve("segments"));
            byte[] right = flipABit(segment);

            assertThat(verify(scene, image)).startsWith("Failed ").contains("not healed");
            assertThat(status(scene, image)).isEqualTo("UnAvailable");
            assertThat(usage(scene).path("UnAvailableImages").asLong()).isEqualTo(1);
            JsonNode snapshot = snapshot(scene, image);
            assertThat(snapshot.path("Available").asBoolean()).isFalse();
            assertThat(snapshot.path("Status").asString()).isEqualTo("accomplished");
            assertThat(detail(scene, image).path("Damage").asString()).contains("part ");
            refuses("IncorrectImageStatus", () -> scene.copy(TROUBLED, image, OTHER));
            refuses("IncorrectImageStatus", () -> scene.wire().call(export(image)));
            refuses(
                    "InvalidSnapshotId.NotFound",
                    () -> scene.wire().call(copying(snapshot.path("SnapshotId").asString())));

            Files.write(segment, right);
            assertThat(verify(scene, image)).isEqualTo("Finished");
            assertThat(status(scene, image)).isEqualTo("Available");
            assertThat(snapshot(scene, image).path("Available").asBoolean()).isTrue();
            scene.assertWhole(OTHER, scene.copy(TROUBLED, image, OTHER));
        }
    }

    private static String status(TroubleScene scene, String image) throws EcsFailure {
        return scene.wire().find(TROUBLED, image).orElseThrow().status();
    }

    private static JsonNode usage(TroubleScene scene) throws EcsFailure {
        return scene.wire()
                .call(Call.own("DescribeRegionUsage").with("RegionId", TROUBLED))
                .path("Regions")
                .path("Region")
                .path(0);
    }

    private static Path largestFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    /// @return what was there
    private static byte[] flipABit(Path file) throws IOException {
        byte[] right = Files.readAllBytes(file);
        byte[] wrong = right.clone();
        wrong[BIT_AT] ^= 1;
        Path beside = file.resolveSibling("beside");
        Files.write(beside, wrong);
        Files.delete(file); // it may be read-only
        Files.move(beside, file);
        return right;
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

    private static void refuses(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
        assertThatExceptionOfType(EcsFailure.class)
                .isThrownBy(request)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
