package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What DescribeImageDetail tells of an image's place in the store.
class ImageStorageTest {
    private static final Scope SCOPE = new Scope(EdgeScene.ACCOUNT, new RegionId(HANGZHOU));
    private static final long DISK_BYTES = 2 * GIB + 1;

    private final ActionScene scene = new ActionScene();
    private final ObjectId common = object(1, 7_000);
    private final ImageId golden = image("golden", common, object(2, 500));
    private final ImageId next = image("next", common, object(3, 90), object(4, 2));

    @AfterEach
    void stop() {
        scene.close();
    }

    private ObjectId object(long number, long bytes) {
        ObjectId id = new ObjectId(number, number);
        scene.write(tables -> {
            tables.objects()
                    .reserve(
                            CatalogScenes.NO_CLAIM, SCOPE, StoredObjects.Kind.SEGMENT, List.of(id));
            tables.objects().written(id, bytes);
        });
        return id;
    }

    /// Its disk has one part of 64 KiB of data.
    private ImageId image(String name, ObjectId... needs) {
        ImageId id = scene.image(name);
        scene.write(tables -> {
            Image image = tables.images().find(id).orElseThrow();
            Parts.Part part =
                    tables.parts()
                            .add(
                                    SCOPE,
                                    new Digest(needs.length, 1, 1, 1),
                                    needs[0],
                                    64 << 10,
                                    List.of(needs))
                            .orElseThrow();
            tables.parts().attach(image.disks().getFirst().snapshot(), 0, part);
        });
        return id;
    }

    private JsonNode storage(ImageId image) {
        return scene.own("DescribeImageDetail", "RegionId", HANGZHOU, "ImageId", image.value())
                .path("Storage");
    }

    private static Map<String, Long> numbers(JsonNode tree) {
        Map<String, Long> numbers = new TreeMap<>();
        tree.properties().forEach(it -> numbers.put(it.getKey(), it.getValue().asLong()));
        return numbers;
    }

    private static Map<String, Long> stored(long shared, long own) {
        return Map.of(
                "Bytes", DISK_BYTES,
                "ContentBytes", 64L << 10,
                "StoredBytes", shared + own,
                "SharedBytes", shared,
                "OwnBytes", own);
    }

    @Test
    void whatImagesShareAndWhatIsTheirOwnIsTold() {
        assertThat(numbers(storage(golden))).isEqualTo(stored(7_000, 500));
        assertThat(numbers(storage(next))).isEqualTo(stored(7_000, 92));
    }

    @Test
    void snapshotsOfADeletedImageKeepTheirBytesUntilTheyGoToo() {
        List<String> snapshots = new ArrayList<>();
        for (Disk disk : scene.find(next).orElseThrow().disks()) {
            snapshots.add(disk.snapshot().value());
        }
        scene.call("DeleteImage", "RegionId", HANGZHOU, "ImageId", next.value());
        assertThat(numbers(storage(golden))).isEqualTo(stored(7_000, 500));
        for (String snapshot : snapshots) {
            scene.call("DeleteSnapshot", "SnapshotId", snapshot);
        }
        assertThat(numbers(storage(golden))).isEqualTo(stored(0, 7_500));
    }

    @Test
    void anImageMadeOfTheSameSnapshotSharesAllOfIt() {
        String snapshot = scene.find(next).orElseThrow().disks().getFirst().snapshot().value();
        ImageId twin =
                new ImageId(
                        scene.call("CreateImage", "RegionId", HANGZHOU, "SnapshotId", snapshot)
                                .path("ImageId")
                                .asString());
        assertThat(numbers(storage(next))).isEqualTo(stored(7_092, 0));
        assertThat(numbers(storage(twin))).isEqualTo(stored(7_092, 0));
    }

    @Test
    void whoSeesASharedImageDoesNotLearnWhatItHolds() {
        scene.call(
                "ModifyImageSharePermission",
                "RegionId",
                HANGZHOU,
                "ImageId",
                golden.value(),
                "AddAccount.1",
                EdgeScene.OTHER.value());
        JsonNode detail =
                scene.client()
                        .as("other", "othersecret")
                        .acs3(
                                Api.FERRY.version(),
                                "DescribeImageDetail",
                                "RegionId",
                                HANGZHOU,
                                "ImageId",
                                golden.value())
                        .json();
        assertThat(detail.path("ImageName").asString()).isEqualTo("golden");
        assertThat(detail.path("Storage").toString()).isEqualTo("{}");
    }
}
