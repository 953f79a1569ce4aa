import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.imageferry.blocks.BlockEncoder;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.store.RegionStore;
import org.imageferry.store.file.FolderRegionStore;

/// Fills a region with small images, each with blocks, a segment and a manifest of its own, as if each had been
/// imported. Writes through the ports of catalog and store, while no server has the folder.
final class ScaleFill implements AutoCloseable {
    private static final int BLOCKS = 8;
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int BLOCK_PAGES = 4;
    private static final long RESERVE_BYTES = 0;
    private static final long NO_CLAIM = 0;
    private static final int AT_ONCE = 250;

    private final Catalog catalog;
    private final RegionStore store;
    private final Image like;
    private final Snapshot disk;
    private final RegionId region;
    private final SplittableRandom random;
    private final BlockEncoder encoder = new BlockEncoder();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SegmentBuilder.BUFFER_BYTES);
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

    private ScaleFill(
            Catalog catalog, RegionStore store, Image like, Snapshot disk, RegionId region) {
        this.catalog = catalog;
        this.store = store;
        this.like = like;
        this.disk = disk;
        this.region = region;
        this.random = new SplittableRandom(region.hashCode());
    }

    /// @param data the server's folder
    /// @param image whose account and attributes the new ones get
    static void fill(Path data, String image, String region, int count) throws Exception {
        try (Catalog catalog =
                        SqliteCatalog.open(
                                data.resolve("catalog.db"), InstantSource.system(), new Random(1));
                ScaleFill fill = in(catalog, data, new ImageId(image), new RegionId(region))) {
            for (int from = 0; from < count; from += AT_ONCE) {
                List<Written> written = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
                    written.add(fill.write(i));
                }
                catalog.write(tables -> {
                    written.forEach(it -> fill.add(tables, it));
                    return true;
                });
            }
        }
    }

    private static ScaleFill in(Catalog catalog, Path data, ImageId image, RegionId region) {
        RegionStore store =
                new FolderRegionStore(
                        data.resolve("regions").resolve(region.value()), RESERVE_BYTES);
        return catalog.read(tables -> {
            Image like = tables.images().find(image).orElseThrow();
            Snapshot disk =
                    tables.snapshots().find(like.disks().getFirst().snapshot()).orElseThrow();
            return new ScaleFill(catalog, store, like, disk, region);
        });
    }

    /// What the store has of an image.
    private record Written(
            int number, SegmentBuilder segment, long segmentBytes, Manifest manifest,
            ObjectId manifestId, long manifestBytes) {}

    private Scope scope() {
        return new Scope(like.account(), region);
    }

    private Written write(int number) throws Exception {
        SegmentBuilder segment = new SegmentBuilder(id(), scope(), buffer);
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            while (block.hasRemaining()) {
                block.putLong(random.nextLong());
            }
            block.flip();
            var encoded = encoder.encode(encoder.name(block), block);
            int ordinal = segment.append(encoded);
            entries.add(
                    new Manifest.Entry(
                            i * BLOCK_PAGES, BLOCK_BYTES, encoded.name(),
                            new BlockLocation(segment.id(), ordinal)));
        }
        ByteBuffer bytes = segment.finish();
        store.write(StoreLayout.segment(segment.id()), bytes);
        Manifest manifest = new Manifest(entries);
        ObjectId id = id();
        ByteBuffer encoded = manifest.encode(new Seal.None(scope()), random);
        store.write(StoreLayout.manifest(id), encoded.duplicate());
        return new Written(number, segment, bytes.limit(), manifest, id, encoded.limit());
    }

    private ObjectId id() {
        return new ObjectId(random.nextLong(), random.nextLong());
    }

    private void add(Tables tables, Written written) {
        ObjectId segment = written.segment().id();
        reserve(tables, StoredObjects.Kind.SEGMENT, segment, written.segmentBytes());
        reserve(
                tables, StoredObjects.Kind.MANIFEST, written.manifestId(), written.manifestBytes());
        tables.index().add(scope(), segment, written.segment().names());
        Parts.Part part =
                tables.parts()
                        .add(
                                scope(), written.manifest().digest(), written.manifestId(),
                                written.manifest().contentBytes(),
                                new HashSet<>(Set.of(segment, written.manifestId())))
                        .orElseThrow();
        SnapshotId snapshot =
                new SnapshotId("s-%s%013d".formatted(letters(), written.number()));
        Instant created = tables.now();
        tables.snapshots().insert(snapshot(snapshot, created));
        tables.parts().attach(snapshot, 0, part);
        tables.images().insert(image(written.number(), snapshot, created));
    }

    private void reserve(Tables tables, StoredObjects.Kind kind, ObjectId id, long bytes) {
        tables.objects().reserve(NO_CLAIM, scope(), kind, List.of(id));
        tables.objects().written(id, bytes);
    }

    /// Seven letters of the region, so that no two regions have the same ids.
    private String letters() {
        return "%7s".formatted(Integer.toHexString(region.hashCode() & 0xfffffff)).replace(' ', '0');
    }

    private Snapshot snapshot(SnapshotId id, Instant created) {
        return new Snapshot(
                id, disk.account(), region, disk.attributes(), disk.bytes(), Optional.empty(),
                created, Optional.empty(), Optional.empty(), Optional.empty(), 1);
    }

    private Image image(int number, SnapshotId snapshot, Instant created) {
        ImageAttributes same = like.attributes();
        ImageAttributes attributes =
                new ImageAttributes(
                        new ImageName("small-" + number), same.description(), same.family(),
                        same.platform(), same.features(), same.group(), same.tags(), false);
        return new Image(
                new ImageId("m-%s%013d".formatted(letters(), number)), like.account(), region,
                attributes, new ImageState.Available(), created, like.origin(),
                List.of(new Disk(0, disk.bytes(), snapshot)), like.bytes(), 1);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
