package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.ME;

import java.util.List;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.SnapshotId;
import org.imageferry.format.FileSink;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedSlicesTest {
    private static final ObjectKey KEY = new ObjectKey("packed");

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    /// Blocks are longer than the smallest slice, and reach from one into the next.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 128})
    void aDiskIsTheSameHoweverItIsSliced(int clusters) throws Exception {
        byte[] disk = new byte[700_000];
        System.arraycopy(Requests.disk(4, 1), 0, disk, 90_112, 400_000);
        disk[0] = 1;
        disk[disk.length - 1] = 2;
        ImageId image = ask.image(ME, A, disk);
        byte[] file = new byte[(int) write(image, disk.length, clusters, FileSink.NOWHERE)];
        write(
                image,
                disk.length,
                clusters,
                (offset, content) -> content.get(file, (int) offset, content.remaining()));
        scene.durable().put(ME, A, KEY, file);
        try (BucketObject object =
                scene.durable()
                        .buckets()
                        .find(ME, A, Buckets.DEFAULT)
                        .orElseThrow()
                        .open(KEY)
                        .orElseThrow()) {
            assertThat(ExportedFile.disk(object, ExportFormat.QCOW2_COMPRESSED)).startsWith(disk);
        }
    }

    private long write(ImageId image, long diskBytes, int clusters, FileSink sink)
            throws Exception {
        Workshop shop = scene.shop();
        Lease lease = shop.leases().of(shop.catalog(), 1);
        PackedSlices slices = new PackedSlices(shop, clusters, diskBytes, sink, lease);
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        List<Parts.Numbered> parts = scene.see(tables -> tables.parts().of(snapshot));
        for (Parts.Numbered part : parts) {
            Seal seal = new Seal.None(part.part().scope());
            slices.part(
                    part.number() * shop.partBytes(),
                    Manifests.read(
                            scene.regionOf(A).store(), part.part(), seal, DamageReports.NOBODY),
                    new PartReader(shop, scene.regionOf(A), part.part(), seal));
        }
        return slices.finish();
    }
}
