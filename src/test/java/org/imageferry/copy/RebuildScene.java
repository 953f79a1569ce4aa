package org.imageferry.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.rebuild.Findings;
import org.imageferry.rebuild.Rebuild;
import org.imageferry.rebuild.RebuildException;
import org.imageferry.rebuild.Source;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// An installation whose catalog is lost, and made anew from its stores. Both catalogs are files, so that
/// they can be compared.
final class RebuildScene implements AutoCloseable {
    private final Path folder;
    private final Path lost;
    private final EngineScene scene;
    private int rebuilt;

    RebuildScene(Path folder) {
        this.folder = folder;
        this.lost = folder.resolve("lost.db");
        TestClock clock = new TestClock();
        SqliteCatalog catalog = SqliteCatalog.open(lost, clock, new SplittableRandom(1));
        this.scene = new EngineScene(new Durable(TestCatalog.of(catalog), clock, 3, 2), 2);
        scene.open();
    }

    EngineScene engine() {
        return scene;
    }

    Path lost() {
        return lost;
    }

    /// Writes all records, so that the stores tell all there is.
    static void tellStores(EngineScene scene) {
        RecordWriter writer = new RecordWriter(scene.shop());
        for (Region region : scene.shop().regions().all()) {
            while (writer.step(region)) {
                // there may be more
            }
        }
    }

    /// Where the next catalog will be made.
    Path next() {
        return folder.resolve("rebuilt-" + rebuilt++ + ".db");
    }

    SqliteCatalog empty(Path file) {
        return SqliteCatalog.open(file, scene.durable().clock(), new SplittableRandom(9));
    }

    Findings rebuild(Catalog into) throws RebuildException, StoreException {
        return rebuild(into, false, store -> store);
    }

    Findings rebuild(Catalog into, boolean force, Function<RegionStore, RegionStore> through)
            throws RebuildException, StoreException {
        List<Source> sources = new ArrayList<>();
        for (RegionId region : scene.durable().regions()) {
            sources.add(new Source(region, through.apply(scene.store(region))));
        }
        return new Rebuild(into, sources, new Rebuild.Plan(Disks.PART_BYTES, true, force), _ -> {})
                .run();
    }

    /// The installation as it goes on with the new catalog.
    EngineScene goOn(Catalog catalog) {
        EngineScene next = new EngineScene(new Durable(scene.durable(), catalog), 77);
        next.open();
        return next;
    }

    /// All images that can be read.
    static List<Image> images(EngineScene scene) {
        List<Image> images = new ArrayList<>();
        for (String id : scene.<List<String>>see(RebuildScene::imageIds)) {
            scene.image(new ImageId(id)).filter(Image::whole).ifPresent(images::add);
        }
        return images;
    }

    private static List<String> imageIds(Tables tables) {
        return tables.accounts().all().stream()
                .flatMap(account ->
                        tables.regions().all().stream()
                                .flatMap(region ->
                                        tables
                                                .images()
                                                .list(Images.Query.own(account, region), 0, 1_000)
                                                .items()
                                                .stream()))
                .map(image -> image.id().value())
                .toList();
    }

    static Optional<String> damage(EngineScene scene, SnapshotId snapshot) {
        return scene.<Snapshot>see(tables -> tables.snapshots().find(snapshot).orElseThrow())
                .damage();
    }

    @Override
    public void close() {
        scene.close();
    }
}
