package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.GRACE;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.Requests.copying;
import static org.imageferry.copy.Requests.encrypted;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Compaction;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactorTest {
    private static final int FILE_PAGES =
            (int) (Disks.PART_BYTES / PageCutter.PAGE_BYTES / 4); // four to a part
    private static final int FILE_BYTES = (FILE_PAGES - 1) * PageCutter.PAGE_BYTES;

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    /// A disk of files, each as large as the others, four to a part, and a hole after each.
    private static byte[] disk(int... files) {
        byte[] disk = new byte[files.length * FILE_PAGES * PageCutter.PAGE_BYTES];
        for (int i = 0; i < files.length; i++) {
            byte[] file = new byte[FILE_BYTES];
            new SplittableRandom(files[i]).nextBytes(file);
            System.arraycopy(file, 0, disk, i * FILE_PAGES * PageCutter.PAGE_BYTES, FILE_BYTES);
        }
        return disk;
    }

    private ImageId image(int... files) throws Exception {
        return ask.image(ME, A, disk(files));
    }

    private ImageId copied(ImageId image, RegionId from, RegionId to) throws Exception {
        ImageId copy = ask.copy(ME, image, from, to);
        scene.work();
        return copy;
    }

    private void delete(RegionId region, ImageId image) {
        List<SnapshotId> snapshots = scene.snapshots(image);
        ask.deletions().deleteImage(ask.me(), region, image);
        snapshots.forEach(snapshot -> ask.deletions().deleteSnapshot(ask.me(), snapshot));
    }

    private List<ObjectName> segments(RegionId region) {
        return scene.store(region).objects().stream()
                .filter(name -> name.value().startsWith(StoreLayout.SEGMENTS))
                .sorted(Comparator.comparing(ObjectName::value))
                .toList();
    }

    private long segmentBytes(RegionId region) throws StoreException {
        long bytes = 0;
        for (ObjectName name : segments(region)) {
            bytes += scene.store(region).length(name);
        }
        return bytes;
    }

    private Compaction.Dead dead(RegionId region) {
        return scene.see(tables -> tables.compaction().dead(region));
    }

    private void assertHolds(ImageId image, int... files) throws Exception {
        assertThat(ask.content(image)).containsExactly(disk(files));
    }

    private void assertVerified(RegionId region) throws Exception {
        TaskId id = ask.verifications().verify(ask.me(), region, Optional.empty());
        scene.work();
        assertThat(scene.task(id).state()).isInstanceOf(TaskState.Done.class);
    }

    @Test
    void whatIsNeededMovesOutOfSegmentsThatAreMostlyDead() throws Exception {
        ImageId large = image(1, 2, 3, 4, 5, 6, 7, 8);
        ImageId small = image(1, 5);
        assertThat(segments(A)).hasSize(2);
        delete(A, large);
        Collected collected = scene.collect(A, true);
        assertThat(collected.compacted()).isEqualTo(2);
        assertThat(collected.reclaimedBytes()).isBetween(6L * FILE_BYTES, 7L * FILE_BYTES);
        assertThat(segments(A)).hasSize(1);
        assertThat(segmentBytes(A)).isBetween(2L * FILE_BYTES, 3L * FILE_BYTES);
        assertHolds(small, 1, 5);
        assertVerified(A);
        assertThat(scene.collect(A, true).compacted()).isZero();
    }

    @Test
    void readersHaveTheirTimeBeforeTheOldSegmentsGo() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1);
        delete(A, large);
        assertThat(scene.collect(A, false).compacted()).isOne();
        assertThat(segments(A)).hasSize(2);
        scene.later(GRACE);
        scene.collect(A, false);
        assertThat(segments(A)).hasSize(1);
        assertHolds(small, 1);
    }

    @Test
    void aSegmentThatIsLittleDeadStays() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1, 2, 3);
        List<ObjectName> before = segments(A);
        delete(A, large);
        assertThat(scene.collect(A, true).compacted()).isZero();
        assertThat(segments(A)).isEqualTo(before);
        assertThat(dead(A).deadBytes()).isEqualTo(FILE_BYTES);
        assertThat(dead(A).suspects().objects()).isZero();
        delete(A, small);
        scene.collect(A, true);
        assertThat(dead(A).deadBytes()).isZero();
    }

    @Test
    void blocksMoveAgainAndAgain() throws Exception {
        ImageId first = image(1, 2, 3, 4);
        ImageId second = image(1, 2, 9, 10);
        ImageId third = image(1, 10);
        delete(A, first);
        scene.collect(A, true);
        delete(A, second);
        assertThat(scene.collect(A, true).compacted()).isPositive();
        assertThat(segmentBytes(A)).isLessThan(3L * FILE_BYTES);
        assertHolds(third, 1, 10);
        assertVerified(A);
    }

    @Test
    void sealedBlocksMoveWhileNobodyMayUseTheirKey() throws Exception {
        KmsKey key = scene.keys().keys().create(ME, B, "");
        ImageId large = sealed(image(1, 2, 3, 4), key);
        ImageId small = sealed(image(1), key);
        delete(B, large);
        scene.keys().keys().disable(ME, B, key.id().value());
        assertThat(scene.collect(B, true).compacted()).isOne();
        scene.keys().keys().enable(ME, B, key.id().value());
        assertHolds(small, 1);
        assertVerified(B);
    }

    private ImageId sealed(ImageId image, KmsKey key) throws Exception {
        ImageId copy =
                ask.copies()
                        .copy(
                                ask.me(),
                                encrypted(
                                        copying(image, A, B),
                                        Optional.of(true),
                                        Optional.of(key.id().value())));
        scene.work();
        return copy;
    }

    @Test
    void aSegmentInWhichANeededBlockIsDamagedIsLeftAsItIs() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ObjectName segment = segments(A).getFirst();
        ImageId small = image(1);
        delete(A, large);
        scene.store(A).corrupt(segment, 77);
        assertThat(scene.collect(A, true).compacted()).isZero();
        assertThat(segments(A)).contains(segment);
        scene.collect(A, true);
        assertThat(segments(A)).containsExactly(segment);
        scene.store(A).corrupt(segment, 77); // the bit flips back
        assertHolds(small, 1);
    }

    @Test
    void aDeadBlockThatIsDamagedDoesNotMatter() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ObjectName segment = segments(A).getFirst();
        ImageId small = image(4);
        delete(A, large);
        scene.store(A).corrupt(segment, 77);
        assertThat(scene.collect(A, true).compacted()).isOne();
        assertHolds(small, 4);
    }

    @Test
    void aCopyThatFoundItsBlocksInASegmentThatIsEmptiedMeanwhileFindsThemAgain() throws Exception {
        ImageId large = copied(image(1, 2, 3, 4), A, B);
        ImageId small = copied(image(1), A, B);
        ImageId late = image(1, 20, 21, 22);
        delete(B, large);
        AtomicInteger passes = new AtomicInteger();
        before(Operation.Kind.WRITE, "manifests/", () -> {
            if (passes.incrementAndGet() == 1) {
                assertThat(collected(B).compacted()).isOne();
            }
        });
        ImageId copy = copied(late, A, B);
        assertThat(passes).as("it was planned again").hasValue(2);
        assertHolds(copy, 1, 20, 21, 22);
        assertHolds(small, 1);
        scene.before(_ -> Optional.empty());
        scene.collect(B, true);
        assertHolds(copy, 1, 20, 21, 22);
    }

    @Test
    void aCopyNearAPartWhoseBlocksHaveMovedIsPlannedOnce() throws Exception {
        ImageId large = copied(image(1, 2, 3, 4), A, B);
        copied(image(1, 30), A, B);
        ImageId late = image(1, 30, 31);
        delete(B, large);
        scene.collect(B, true);
        long before = segmentBytes(B);
        AtomicInteger manifests = new AtomicInteger();
        before(Operation.Kind.WRITE, "manifests/", manifests::incrementAndGet);
        ImageId copy = copied(late, A, B);
        assertThat(manifests).hasValue(1);
        assertHolds(copy, 1, 30, 31);
        assertThat(segmentBytes(B) - before).as("only file 31 is new").isLessThan(2L * FILE_BYTES);
    }

    @Test
    void whoRemembersAFooterFindsTheBlocksElsewhere() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1);
        copied(small, A, B);
        delete(A, large);
        assertThat(scene.collect(A, true).compacted()).isOne();
        assertHolds(copied(small, A, C), 1);
        TaskId export = ask.export(small, A);
        scene.work();
        assertThat(ask.exported(export)).hasValueSatisfying(it -> assertThat(it).isEqualTo(disk(1)));
    }

    @Test
    void aReaderWhoseSegmentGoesWhileItReadsGoesOn() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1);
        delete(A, large);
        AtomicInteger reads = new AtomicInteger();
        // The first is the footer's.
        before(Operation.Kind.READ, "segments/", () -> {
            if (reads.incrementAndGet() == 2) {
                assertThat(collected(A).compacted()).isOne();
            }
        });
        ImageId copy = copied(small, A, B);
        assertThat(scene.bringing(copy).state()).isInstanceOf(TaskState.Done.class);
        assertHolds(copy, 1);
    }

    @Test
    void aDeletionMeanwhileIsNoticed() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1);
        delete(A, large);
        before(Operation.Kind.WRITE, "segments/", () -> delete(A, small));
        assertThat(scene.collect(A, true).compacted()).isOne();
        scene.before(_ -> Optional.empty());
        scene.collect(A, true);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
    }

    @Test
    void aNeedThatCameMeanwhileIsNoticed() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1);
        delete(A, large);
        ImageId late = ask.imported(ME, A, disk(1, 2));
        AtomicInteger writes = new AtomicInteger();
        before(Operation.Kind.WRITE, "segments/", () -> {
            if (writes.incrementAndGet() == 1) {
                work();
            }
        });
        assertThat(scene.collect(A, true).compacted()).as("what was seen was no longer so").isZero();
        assertThat(scene.image(late).orElseThrow().available()).isTrue();
        scene.before(_ -> Optional.empty());
        assertThat(scene.collect(A, true).compacted()).isOne();
        assertHolds(small, 1);
        assertHolds(late, 1, 2);
        assertThat(segmentBytes(A)).isLessThan(3L * FILE_BYTES);
    }

    @Test
    void aStoreThatTakesNothingMoreIsStillEmptied() throws Exception {
        ImageId large = image(1, 2, 3, 4);
        ImageId small = image(1);
        ImageId other = image(50);
        delete(A, large);
        delete(A, other);
        scene.before(operation ->
                operation.kind() == Operation.Kind.WRITE
                                && operation.name().value().startsWith("segments/")
                        ? Optional.of(new StoreException(StoreException.Kind.FULL, "no room"))
                        : Optional.empty());
        Collected collected = scene.collect(A, true);
        assertThat(collected.compacted()).isZero();
        assertThat(collected.deleted()).isPositive();
        assertHolds(small, 1);
    }

    @Test
    void whatACancelledCopyLeftForOthersIsCompactedToo() throws Exception {
        ImageId large = image(1, 2, 3, 4, 5, 6, 7, 8);
        ImageId late = image(1);
        ImageId copy = ask.copy(ME, large, A, B);
        scene.startTasks(B);
        AtomicInteger writes = new AtomicInteger();
        before(Operation.Kind.WRITE, "manifests/", () -> {
            if (writes.incrementAndGet() == 1) {
                ask.copies().cancel(ask.me(), B, copy);
                scene.startTasks(B);
                doPart(B);
            }
        });
        ImageId small = ask.copy(ME, late, A, B);
        scene.doPart(B);
        scene.before(_ -> Optional.empty());
        scene.work();
        assertThat(scene.collect(B, true).compacted()).isOne();
        assertThat(segmentBytes(B)).isLessThan(2L * FILE_BYTES);
        assertHolds(small, 1);
    }

    /// Has something happen before each such operation of a store.
    private void before(Operation.Kind kind, String prefix, Runnable happening) {
        scene.before(operation -> {
            if (operation.kind() == kind && operation.name().value().startsWith(prefix)) {
                happening.run();
            }
            return Optional.empty();
        });
    }

    private Collected collected(RegionId region) {
        try {
            return scene.collect(region, true);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private void work() {
        try {
            scene.work();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void doPart(RegionId region) {
        try {
            scene.doPart(region);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
