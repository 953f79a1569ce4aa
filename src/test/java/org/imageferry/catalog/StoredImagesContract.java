package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What images weigh in the store, and what of it goes with them.
interface StoredImagesContract extends CatalogFixture {
    private List<ObjectId> objects(Scope scope, int many) {
        return scenes().objects(scope, StoredObjects.Kind.SEGMENT, many);
    }

    private Image image(Scope scope, Snapshot... snapshots) {
        return scenes().insert(scenes().blank(scope.account(), scope.region(), snapshots));
    }

    private Snapshot made(Scope scope, List<List<ObjectId>> parts) {
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        for (int i = 0; i < parts.size(); i++) {
            List<ObjectId> needs = parts.get(i);
            Digest digest = scenes().digest();
            Optional<Parts.Part> part =
                    catalog().write(t -> t.parts().add(scope, digest, needs.getFirst(), 1, needs));
            scenes().attach(snapshot, i, part.orElseThrow());
        }
        return snapshot;
    }

    private Parts.Stored stored(Image image) {
        return row(t -> t.parts().stored(image.id(), 100)).orElseThrow();
    }

    @Test
    default void anImageWeighsWhatItsPartsNeedAndSharesWhatOthersNeedToo() {
        Scope scope = scenes().scope();
        List<ObjectId> objects = objects(scope, 6); // of 1,000 bytes
        Image first =
                image(scope, made(scope, List.of(objects.subList(0, 3), objects.subList(2, 4))));
        assertThat(stored(first)).isEqualTo(new Parts.Stored(4_000, 0));
        Snapshot other = made(scope, List.of(objects.subList(3, 5)));
        assertThat(stored(first)).isEqualTo(new Parts.Stored(4_000, 1_000));
        Image second = image(scope, other, made(scope, List.of(objects.subList(4, 6))));
        assertThat(stored(second)).isEqualTo(new Parts.Stored(3_000, 1_000));
        Image third = image(scope, other);
        assertThat(stored(third)).isEqualTo(new Parts.Stored(2_000, 2_000));
        assertThat(stored(second)).isEqualTo(new Parts.Stored(3_000, 2_000));
        assertThat(stored(image(scope))).isEqualTo(new Parts.Stored(0, 0));
    }

    @Test
    default void anImageOfVeryManyObjectsIsNotWeighed() {
        Scope scope = scenes().scope();
        List<ObjectId> objects = objects(scope, 3);
        Image image = image(scope, made(scope, List.of(objects, objects)));
        assertThat(row(t -> t.parts().stored(image.id(), 5))).isEmpty();
        assertThat(row(t -> t.parts().stored(image.id(), 6))).contains(new Parts.Stored(3_000, 0));
    }

    /// Whatever shares whatever.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void deletingAnImageFreesWhatIsItsOwn(long seed) {
        Random random = new Random(seed);
        Scope scope = scenes().scope();
        List<ObjectId> objects = objects(scope, 40);
        List<Snapshot> snapshots = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<List<ObjectId>> parts = new ArrayList<>();
            for (int part = 0; part < 1 + random.nextInt(3); part++) {
                int from = random.nextInt(30);
                parts.add(objects.subList(from, from + 1 + random.nextInt(10)));
            }
            snapshots.add(made(scope, parts));
            images.add(image(scope, snapshots.getLast(), any(snapshots, random)));
        }
        while (!images.isEmpty()) {
            Image image = any(images, random);
            long own = stored(image).ownBytes();
            long before = neededBytes();
            images.remove(image);
            delete(image);
            assertThat(before - neededBytes()).isEqualTo(own);
        }
        assertThat(neededBytes()).isZero();
    }

    private static <T> T any(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private long neededBytes() {
        return number(tables -> tables.objects().usage(HANGZHOU).needed().bytes());
    }

    /// And its snapshots, as far as they are in no other image.
    private void delete(Image image) {
        change(tables -> {
            tables.images().delete(image.id());
            for (Disk disk : image.disks()) {
                if (!tables.images().uses(disk.snapshot())) {
                    tables.snapshots().delete(disk.snapshot());
                }
            }
            tables.parts().removeUnattached(HANGZHOU, 100);
        });
    }
}
