package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.RowDump;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.rebuild.Findings;
import org.imageferry.rebuild.Findings.Counted;
import org.imageferry.store.FaultyRegionStore;
import org.imageferry.store.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A catalog that is made anew from the stores is the one that was lost, in whichever database.
abstract class RebuildContract {
    @TempDir private Path folder;
    private RebuildScene scene;
    private Place place;
    private EngineScene before;
    private Requests ask;

    @BeforeEach
    void begin() {
        scene = new RebuildScene(folder);
        place = place(scene);
        before = scene.engine();
        ask = new Requests(before);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /// Where new catalogs are made.
    interface Place {
        /// A new catalog. Of the one before nothing is needed any more.
        Catalog empty() throws Exception;

        /// Those of the catalog.
        Map<String, List<String>> rows() throws Exception;

        /// The catalog in use, on the scene's clock.
        Catalog inUse(Catalog made);

        /// Looks whether the catalog, which is closed, is in order.
        void check();
    }

    abstract Place place(RebuildScene its);

    /// After how many steps each a rebuild is broken off.
    abstract int stepsBetweenCrashes();

    private void tellStores() throws Exception {
        RebuildScene.tellStores(before);
    }

    private void collect() throws Exception {
        for (RegionId region : before.durable().regions()) {
            before.collect(region, true);
        }
    }

    private static Map<ImageId, List<byte[]>> contents(EngineScene of) throws Exception {
        Map<ImageId, List<byte[]>> contents = new HashMap<>();
        for (Image image : RebuildScene.images(of)) {
            contents.put(image.id(), new Requests(of).content(image.id()));
        }
        return contents;
    }

    private void assertSameRows() throws Exception {
        Map<String, List<String>> rows = place.rows();
        RowDump.of(scene.lost())
                .forEach((table, lost) -> assertThat(rows.get(table)).as(table).isEqualTo(lost));
    }

    private static void assertSame(
            Map<ImageId, List<byte[]>> these, Map<ImageId, List<byte[]>> those) {
        assertThat(these.keySet()).isEqualTo(those.keySet());
        these.forEach((id, disks) ->
                assertThat(disks)
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(Optional.ofNullable(those.get(id)).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void allRowsAndAllBytesAreAsTheyWere(long seed) throws Exception {
        new RandomInstallation(before, seed).fill();
        tellStores();
        collect();
        Map<ImageId, List<byte[]>> contents = contents(before);
        assertThat(contents).isNotEmpty();
        try (Catalog catalog = place.empty()) {
            Findings findings = scene.rebuild(catalog);
            assertThat(findings.notes()).isEmpty();
            assertSameRows();
            EngineScene after = scene.goOn(place.inUse(catalog));
            assertThat(after.shop().regions().all())
                    .allSatisfy(region -> assertThat(region.health().trouble()).isEmpty());
            assertSame(contents(after), contents);
        }
        place.check();
    }

    @Test
    void afterwardsACopyOfWhatIsThereMovesNothing() throws Exception {
        ImageId image = ask.image(1);
        ImageId copy = ask.copy(ME, image, A, B);
        before.work();
        tellStores();
        try (Catalog catalog = place.empty()) {
            scene.rebuild(catalog);
            EngineScene after = scene.goOn(place.inUse(catalog));
            Requests now = new Requests(after);
            ImageId again = now.copy(ME, image, A, B);
            after.work();
            assertThat(after.bringing(again).progress().moved()).isZero();
            assertThat(now.content(again))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(now.content(copy));
        }
    }

    @Test
    void blocksAreFoundByTheIndexThatWasMadeAnew() throws Exception {
        byte[] disk = Requests.disk(3, 5);
        ask.image(ME, A, disk);
        tellStores();
        try (Catalog catalog = place.empty()) {
            scene.rebuild(catalog);
            EngineScene after = scene.goOn(place.inUse(catalog));
            byte[] longer = Arrays.copyOf(disk, disk.length + 4096);
            ImageId next = new Requests(after).image(ME, A, longer);
            assertThat(after.bringing(next).progress().moved()).isZero();
        }
    }

    @Test
    void blocksThatWereMovedAreFoundWhereTheyLieNow() throws Exception {
        CompactionScene files = new CompactionScene(before, ask);
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.delete(A, large);
        assertThat(before.collect(A, true).compacted()).isPositive();
        tellStores();
        try (Catalog catalog = place.empty()) {
            assertThat(scene.rebuild(catalog).notes()).isEmpty();
            assertSameRows();
            EngineScene after = scene.goOn(place.inUse(catalog));
            after.collect(A, true);
            after.later(EngineScene.GRACE.plusSeconds(1));
            after.collect(A, true);
            assertThat(new Requests(after).content(small))
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(CompactionScene.disk(1));
        }
    }

    @Test
    void theCollectorTakesExactlyTheGarbage() throws Exception {
        ImageId image = ask.image(1);
        tellStores();
        long needed = before.objects(A);
        ImageId cancelled = ask.imported(ME, A, Requests.disk(3, 9));
        before.startTasks(A);
        before.doPart(A);
        assertThat(before.objects(A)).isGreaterThan(needed);
        try (Catalog catalog = place.empty()) {
            scene.rebuild(catalog);
            EngineScene after = scene.goOn(place.inUse(catalog));
            assertThat(after.image(cancelled)).isEmpty();
            after.collect(A, false);
            after.later(EngineScene.GRACE.plusSeconds(1));
            after.collect(A, false);
            assertThat(after.objects(A)).isEqualTo(needed);
            assertThat(new Requests(after).content(image))
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(Requests.disk(2, 1));
        }
    }

    @Test
    void whatIsBrokenOffIsBegunAgain() throws Exception {
        new RandomInstallation(before, 7).fill();
        tellStores();
        collect();
        int steps = Integer.MAX_VALUE;
        for (int crashAt = 1; crashAt < steps; crashAt += stepsBetweenCrashes()) {
            AtomicInteger left = new AtomicInteger(crashAt);
            Runnable step =
                    () -> {
                        if (left.decrementAndGet() == 0) {
                            throw new Crash();
                        }
                    };
            try (Catalog catalog = place.empty()) {
                scene.rebuild(
                        stepping(catalog, step),
                        false,
                        store ->
                                new FaultyRegionStore(
                                        store,
                                        _ -> {
                                            step.run();
                                            return Optional.empty();
                                        }));
                steps = crashAt;
            } catch (Crash _) {
                assertThat(left.get()).isZero();
            }
        }
        assertThat(steps).isGreaterThan(2 * stepsBetweenCrashes());
        try (Catalog catalog = place.empty()) {
            scene.rebuild(catalog);
        }
        assertSameRows();
    }

    private static Catalog stepping(Catalog catalog, Runnable step) {
        return new Catalog() {
            @Override
            public <T> T write(Function<Tables, T> work) {
                step.run();
                return catalog.write(work);
            }

            @Override
            public <T> T read(Function<Tables, T> work) {
                step.run();
                return catalog.read(work);
            }

            @Override
            public void listen(Consumer<RegionId> heard) {
                catalog.listen(heard);
            }

            @Override
            public void close() {
                catalog.close();
            }
        };
    }

    @Test
    void anImageThatLacksASegmentIsThereAndDamaged() throws Exception {
        lose("segments/");
    }

    @Test
    void anImageThatLacksAManifestIsThereAndDamaged() throws Exception {
        lose("manifests/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments/", "manifests/"})
    void whatAnotherRegionHasIsHealedAfterwards(String prefix) throws Exception {
        ImageId image = ask.image(3);
        ImageId copy = ask.copy(ME, image, A, B);
        before.work();
        tellStores();
        SnapshotId snapshot = before.snapshots(copy).getFirst();
        before.store(B).delete(objectOf(snapshot, prefix));
        try (Catalog catalog = place.empty()) {
            scene.rebuild(catalog);
            EngineScene after = scene.goOn(place.inUse(catalog));
            assertThat(after.image(copy).orElseThrow().state())
                    .isInstanceOf(ImageState.UnAvailable.class);
            after.heal(B);
            assertThat(after.image(copy).orElseThrow().available()).isTrue();
            assertThat(RebuildScene.damage(after, snapshot)).isEmpty();
            assertThat(new Requests(after).content(copy))
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(Requests.disk(2, 3));
        }
    }

    private void lose(String prefix) throws Exception {
        ImageId image = ask.image(1);
        ImageId other = ask.image(2);
        tellStores();
        SnapshotId snapshot = before.snapshots(image).getFirst();
        before.store(A).delete(objectOf(snapshot, prefix));
        try (Catalog catalog = place.empty()) {
            Findings findings = scene.rebuild(catalog);
            assertThat(findings.of(A, Counted.DAMAGED_IMAGES)).isEqualTo(1);
            assertThat(findings.of(A, Counted.IMAGES)).isEqualTo(2);
            assertThat(findings.notes())
                    .anySatisfy(note -> assertThat(note).contains("image " + image));
            EngineScene after = scene.goOn(place.inUse(catalog));
            assertThat(RebuildScene.damage(after, snapshot)).isPresent();
            assertThat(after.image(image).orElseThrow().state())
                    .isInstanceOf(ImageState.UnAvailable.class);
            assertThat(after.image(other).orElseThrow().available()).isTrue();
            assertThatExceptionOfType(org.imageferry.domain.RefusedException.class)
                    .isThrownBy(() -> new Requests(after).copy(ME, image, A, B));
            assertThat(new Requests(after).content(other))
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(Requests.disk(2, 2));
            after.collect(A, true);
            assertThat(new Requests(after).content(other)).hasSize(1);
        }
    }

    /// One that only this snapshot needs.
    private ObjectName objectOf(SnapshotId snapshot, String prefix) {
        return before.<List<ObjectName>>see(tables ->
                        tables.parts().of(snapshot).stream()
                                .flatMap(part -> tables.parts().needs(part.part()).stream())
                                .flatMap(id -> tables.objects().find(id).stream())
                                .map(Verifier::nameOf)
                                .filter(name -> name.value().startsWith(prefix))
                                .toList())
                .getFirst();
    }
}
