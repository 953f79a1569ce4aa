package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import org.imageferry.domain.ImageId;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// DeleteImage and DeleteSnapshot.
class DeletionsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final String snapshot =
            scene.find(golden).orElseThrow().disks().getFirst().snapshot().value();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply delete(String region, ImageId image) {
        return scene.ask(
                "DeleteImage", "RegionId", region, "ImageId", image.value(), "Force", "true");
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void aDeletedImageKeepsItsSnapshotWhichCanGoThen() {
        isRefused(
                scene.ask("DeleteSnapshot", "SnapshotId", snapshot),
                403,
                "SnapshotCreatedImage",
                "The snapshot has been used to create user defined image(s).");

        assertThat(delete(HANGZHOU, golden).json().propertyNames()).containsExactly("RequestId");

        assertThat(scene.find(golden)).isEmpty();
        assertThat(scene.ask("DeleteSnapshot", "SnapshotId", snapshot, "Force", "false").status())
                .isEqualTo(200);
        assertThat(scene.ask("DeleteSnapshot", "SnapshotId", snapshot).status()).isEqualTo(200);
        isRefused(
                scene.ask("DeleteSnapshot", "SnapshotId", "s-" + "9".repeat(20)),
                404,
                "InvalidSnapshotId.NotFound",
                "The specified snapshot is not found");
    }

    /// Tools rely on this very code, then cancel the copy.
    @Test
    void neitherACopyUnderWayNorItsSourceCanBeDeleted() {
        ImageId copy = scene.copyOf(golden, "copy");
        String message = "The image is being copied. Please use the CancelCopyImage API.";

        isRefused(delete(SHANGHAI, copy), 403, "OperationDenied.ImageCopying", message);
        isRefused(delete(HANGZHOU, golden), 403, "OperationDenied.ImageCopying", message);
        scene.call("CancelCopyImage", "RegionId", SHANGHAI, "ImageId", copy.value());
        assertThat(delete(HANGZHOU, golden).status()).isEqualTo(200);
    }

    @Test
    void anImageThatIsExportedCanNotBeDeleted() {
        scene.call(
                "ExportImage",
                "RegionId",
                HANGZHOU,
                "ImageId",
                golden.value(),
                "OSSBucket",
                "images");

        isRefused(
                delete(HANGZHOU, golden),
                403,
                "ImageIsExporting",
                "The specified image is currently being exported. You can use the DescribeTasks API to"
                        + " check the status of related tasks and cancel them if needed.");
    }

    @Test
    void anImageThatIsImportedCanNotBeDeleted() {
        scene.object("disk.raw", new byte[5_000]);
        String image =
                scene.call(
                                "ImportImage",
                                "RegionId",
                                HANGZHOU,
                                "DiskDeviceMapping.1.OSSBucket",
                                "images",
                                "DiskDeviceMapping.1.OSSObject",
                                "disk.raw")
                        .path("ImageId")
                        .asString();

        isRefused(
                delete(HANGZHOU, new ImageId(image)),
                403,
                "ImageIsImporting",
                "The specified Image is importing.");
    }

    @Test
    void whatIsUnknownOrAnothersIsNotFound() {
        isRefused(
                scene.ask("DeleteImage", "RegionId", HANGZHOU, "ImageId", "m-bp1"),
                404,
                "InvalidImageId.NotFound",
                "The specified ImageId does not exist.");
        isRefused(
                delete(SHANGHAI, golden),
                404,
                "InvalidImageId.NotFound",
                "The specified ImageId does not exist.");
        assertThat(
                        scene.askAsOther(
                                        "DeleteImage",
                                        "RegionId",
                                        HANGZHOU,
                                        "ImageId",
                                        golden.value())
                                .code())
                .isEqualTo("InvalidImageId.NotFound");
        assertThat(scene.askAsOther("DeleteSnapshot", "SnapshotId", snapshot).code())
                .isEqualTo("InvalidSnapshotId.NotFound");
        assertThat(scene.ask("DeleteSnapshot", "SnapshotId", "s-1").code())
                .isEqualTo("InvalidSnapshotId.NotFound");
        assertThat(scene.ask("DeleteSnapshot").code()).isEqualTo("MissingParameter");
    }
}
