import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;

/// Fills a region with images like one that it has: each with a name, an age, a snapshot and tags of
/// its own, and with the same bytes. Writes through the catalog's port, while no server has the folder.
final class ApiFill {
    private static final int AT_ONCE = 2_000;
    private static final long MILLIS_BETWEEN_IMAGES = 1_000;

    private final Image like;
    private final Snapshot disk;
    private final List<Parts.Numbered> parts;
    private final Instant newest;

    private ApiFill(Image like, Snapshot disk, List<Parts.Numbered> parts) {
        this.like = like;
        this.disk = disk;
        this.parts = parts;
        this.newest = like.created();
    }

    static void fill(Path data, String image, int count) {
        try (Catalog catalog =
                SqliteCatalog.open(
                        data.resolve("catalog.db"), InstantSource.system(), new Random(1))) {
            ApiFill fill = catalog.write(tables -> like(tables, new ImageId(image)));
            for (int from = 0; from < count; from += AT_ONCE) {
                int first = from;
                catalog.write(tables -> {
                    for (int i = first; i < Math.min(count, first + AT_ONCE); i++) {
                        fill.add(tables, i);
                    }
                    return true;
                });
            }
        }
    }

    /// Reads the image, and lets its account ask as often as it likes.
    private static ApiFill like(Tables tables, ImageId id) {
        Image image = tables.images().find(id).orElseThrow();
        SnapshotId snapshot = image.disks().getFirst().snapshot();
        tables.accounts().setQuota(image.account(), Quota.REQUESTS_PER_SECOND, 1_000_000);
        return new ApiFill(
                image,
                tables.snapshots().find(snapshot).orElseThrow(),
                tables.parts().of(snapshot));
    }

    static String id(int number) {
        return "m-bench%015d".formatted(number);
    }

    static String name(int number) {
        return "golden-" + number;
    }

    /// The value of the tag `role`, which a hundred images share.
    static String role(int number, int count) {
        return "role-" + number % (count / 100);
    }

    private void add(Tables tables, int number) {
        SnapshotId id = new SnapshotId("s-bench%015d".formatted(number));
        Instant created = newest.minusMillis(number * MILLIS_BETWEEN_IMAGES);
        tables.snapshots().insert(snapshot(id, created));
        parts.forEach(part -> tables.parts().attach(id, part.number(), part.part()));
        tables.images()
                .insert(
                        new Image(
                                new ImageId(id(number)),
                                like.account(),
                                like.region(),
                                attributes(number),
                                new ImageState.Available(),
                                created,
                                like.origin(),
                                List.of(new Disk(0, disk.bytes(), id)),
                                like.bytes(),
                                1));
    }

    private Snapshot snapshot(SnapshotId id, Instant created) {
        return new Snapshot(
                id,
                disk.account(),
                disk.region(),
                disk.attributes(),
                disk.bytes(),
                disk.digest(),
                created,
                disk.source(),
                disk.key(),
                Optional.empty(),
                1);
    }

    private ImageAttributes attributes(int number) {
        ImageAttributes same = like.attributes();
        return new ImageAttributes(
                new ImageName(name(number)),
                same.description(),
                same.family(),
                same.platform(),
                same.features(),
                same.group(),
                new Tags(Map.of("role", role(number, ApiBench.IMAGES), "stage", stage(number))),
                false);
    }

    /// Every second image is for production.
    private static String stage(int number) {
        return number % 2 == 0 ? "production" : "test";
    }
}
