package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.GRACE;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.Requests.copying;
import static org.imageferry.copy.Requests.encrypted;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactorTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private final CompactionScene files = new CompactionScene(scene, ask);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatIsNeededMovesOutOfSegmentsThatAreMostlyDead() throws Exception {
        ImageId large = files.image(1, 2, 3, 4, 5, 6, 7, 8);
        ImageId small = files.image(1, 5);
        assertThat(files.segments(A)).hasSize(2);
        files.delete(A, large);
        Collected collected = scene.collect(A, true);
        assertThat(collected.compacted()).isEqualTo(2);
        assertThat(collected.reclaimedBytes())
                .isBetween(6L * CompactionScene.FILE_BYTES, 7L * CompactionScene.FILE_BYTES);
        assertThat(files.segments(A)).hasSize(1);
        assertThat(files.segmentBytes(A))
                .isBetween(2L * CompactionScene.FILE_BYTES, 3L * CompactionScene.FILE_BYTES);
        files.assertHolds(small, 1, 5);
        files.assertVerified(A);
        assertThat(scene.collect(A, true).compacted()).isZero();
    }

    @Test
    void aPartWhoseBlocksDoNotFitIntoOneSegmentMovesWholeInOnePass() throws Exception {
        ImageId first = files.image(1, 2, 3, 4);
        ImageId second = files.image(5, 6, 7, 8);
        ImageId small = files.image(1, 5, 2, 6);
        files.delete(A, first);
        files.delete(A, second);
        int one = CompactionScene.FILE_BYTES * 2 + 1;
        assertThat(scene.collectInto(one, A).compacted()).isEqualTo(2);
        assertThat(files.segmentBytes(A))
                .isBetween(4L * CompactionScene.FILE_BYTES, 5L * CompactionScene.FILE_BYTES);
        files.assertHolds(small, 1, 5, 2, 6);
        files.assertVerified(A);
        assertThat(scene.collectInto(one, A).compacted()).isZero();
    }

    @Test
    void readersHaveTheirTimeBeforeTheOldSegmentsGo() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.delete(A, large);
        assertThat(scene.collect(A, false).compacted()).isOne();
        assertThat(files.segments(A)).hasSize(2);
        scene.later(GRACE);
        scene.collect(A, false);
        assertThat(files.segments(A)).hasSize(1);
        files.assertHolds(small, 1);
    }

    @Test
    void aSegmentThatIsLittleDeadStays() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1, 2, 3);
        List<ObjectName> before = files.segments(A);
        files.delete(A, large);
        assertThat(scene.collect(A, true).compacted()).isZero();
        assertThat(files.segments(A)).isEqualTo(before);
        assertThat(files.dead(A).deadBytes()).isEqualTo(CompactionScene.FILE_BYTES);
        assertThat(files.dead(A).suspects().objects()).isZero();
        files.delete(A, small);
        scene.collect(A, true);
        assertThat(files.dead(A).deadBytes()).isZero();
    }

    @Test
    void blocksMoveAgainAndAgain() throws Exception {
        ImageId first = files.image(1, 2, 3, 4);
        ImageId second = files.image(1, 2, 9, 10);
        ImageId third = files.image(1, 10);
        files.delete(A, first);
        scene.collect(A, true);
        files.delete(A, second);
        assertThat(scene.collect(A, true).compacted()).isPositive();
        assertThat(files.segmentBytes(A)).isLessThan(3L * CompactionScene.FILE_BYTES);
        files.assertHolds(third, 1, 10);
        files.assertVerified(A);
    }

    @Test
    void sealedBlocksMoveWhileNobodyMayUseTheirKey() throws Exception {
        KmsKey key = scene.keys().keys().create(ME, B, "");
        ImageId large = sealed(files.image(1, 2, 3, 4), key);
        ImageId small = sealed(files.image(1), key);
        files.delete(B, large);
        scene.keys().keys().disable(ME, B, key.id().value());
        assertThat(scene.collect(B, true).compacted()).isOne();
        scene.keys().keys().enable(ME, B, key.id().value());
        files.assertHolds(small, 1);
        files.assertVerified(B);
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
    void aDeadBlockThatIsDamagedDoesNotMatter() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ObjectName segment = files.segments(A).getFirst();
        ImageId small = files.image(4);
        files.delete(A, large);
        scene.store(A).corrupt(segment, 77);
        assertThat(scene.collect(A, true).compacted()).isOne();
        files.assertHolds(small, 4);
    }

    @Test
    void aCopyThatFoundItsBlocksInASegmentThatIsEmptiedMeanwhileFindsThemAgain() throws Exception {
        ImageId large = files.copied(files.image(1, 2, 3, 4), A, B);
        ImageId small = files.copied(files.image(1), A, B);
        ImageId late = files.image(1, 20, 21, 22);
        files.delete(B, large);
        AtomicInteger passes = new AtomicInteger();
        before(
                Operation.Kind.WRITE,
                "manifests/",
                () -> {
                    if (passes.incrementAndGet() == 1) {
                        assertThat(collected(B).compacted()).isOne();
                    }
                });
        ImageId copy = files.copied(late, A, B);
        assertThat(passes).as("it was planned again").hasValue(2);
        files.assertHolds(copy, 1, 20, 21, 22);
        files.assertHolds(small, 1);
        scene.before(_ -> Optional.empty());
        scene.collect(B, true);
        files.assertHolds(copy, 1, 20, 21, 22);
    }

    @Test
    void aCopyNearAPartWhoseBlocksHaveMovedIsPlannedOnce() throws Exception {
        ImageId large = files.copied(files.image(1, 2, 3, 4), A, B);
        files.copied(files.image(1, 30), A, B);
        ImageId late = files.image(1, 30, 31);
        files.delete(B, large);
        scene.collect(B, true);
        long before = files.segmentBytes(B);
        AtomicInteger manifests = new AtomicInteger();
        before(Operation.Kind.WRITE, "manifests/", manifests::incrementAndGet);
        ImageId copy = files.copied(late, A, B);
        assertThat(manifests).hasValue(1);
        files.assertHolds(copy, 1, 30, 31);
        assertThat(files.segmentBytes(B) - before)
                .as("only file 31 is new")
                .isLessThan(2L * CompactionScene.FILE_BYTES);
    }

    @Test
    void whoRemembersAFooterFindsTheBlocksElsewhere() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.copied(small, A, B);
        files.delete(A, large);
        assertThat(scene.collect(A, true).compacted()).isOne();
        files.assertHolds(files.copied(small, A, C), 1);
        TaskId export = ask.export(small, A);
        scene.work();
        assertThat(ask.exported(export))
                .hasValueSatisfying(it -> assertThat(it).isEqualTo(CompactionScene.disk(1)));
    }

    @Test
    void aReaderWhoseSegmentGoesWhileItReadsGoesOn() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.delete(A, large);
        AtomicInteger reads = new AtomicInteger();
        // The first is the footer's.
        before(
                Operation.Kind.READ,
                "segments/",
                () -> {
                    if (reads.incrementAndGet() == 2) {
                        assertThat(collected(A).compacted()).isOne();
                    }
                });
        ImageId copy = files.copied(small, A, B);
        assertThat(scene.bringing(copy).state()).isInstanceOf(TaskState.Done.class);
        files.assertHolds(copy, 1);
    }

    @Test
    void aDeletionMeanwhileIsNoticed() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.delete(A, large);
        before(Operation.Kind.WRITE, "segments/", () -> files.delete(A, small));
        assertThat(scene.collect(A, true).compacted()).isOne();
        scene.before(_ -> Optional.empty());
        scene.collect(A, true);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
    }

    @Test
    void aNeedThatCameMeanwhileIsNoticed() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.delete(A, large);
        ImageId late = ask.imported(ME, A, CompactionScene.disk(1, 2));
        AtomicInteger writes = new AtomicInteger();
        before(
                Operation.Kind.WRITE,
                "segments/",
                () -> {
                    if (writes.incrementAndGet() == 1) {
                        work();
                    }
                });
        assertThat(scene.collect(A, true).compacted())
                .as("what was seen was no longer so")
                .isZero();
        assertThat(scene.image(late).orElseThrow().available()).isTrue();
        scene.before(_ -> Optional.empty());
        assertThat(scene.collect(A, true).compacted()).isOne();
        files.assertHolds(small, 1);
        files.assertHolds(late, 1, 2);
        assertThat(files.segmentBytes(A)).isLessThan(3L * CompactionScene.FILE_BYTES);
    }

    @Test
    void aStoreThatTakesNothingMoreIsStillEmptied() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        ImageId other = files.image(50);
        files.delete(A, large);
        files.delete(A, other);
        scene.before(operation ->
                operation.kind() == Operation.Kind.WRITE
                                && operation.name().value().startsWith("segments/")
                        ? Optional.of(new StoreException(StoreException.Kind.FULL, "no room"))
                        : Optional.empty());
        Collected collected = scene.collect(A, true);
        assertThat(collected.compacted()).isZero();
        assertThat(collected.deleted()).isPositive();
        files.assertHolds(small, 1);
    }

    @Test
    void whatACancelledCopyLeftForOthersIsCompactedToo() throws Exception {
        ImageId large = files.image(1, 2, 3, 4, 5, 6, 7, 8);
        ImageId late = files.image(1);
        ImageId copy = ask.copy(ME, large, A, B);
        scene.startTasks(B);
        AtomicInteger writes = new AtomicInteger();
        before(
                Operation.Kind.WRITE,
                "manifests/",
                () -> {
                    if (writes.incrementAndGet() == 2) {
                        ask.copies().cancel(ask.me(), B, copy);
                        scene.startTasks(B);
                        doPart(B);
                    }
                });
        ImageId small = ask.copy(ME, late, A, B);
        scene.doPart(B);
        scene.doPart(B);
        scene.before(_ -> Optional.empty());
        scene.work();
        assertThat(scene.collect(B, true).compacted()).isOne();
        assertThat(files.segmentBytes(B)).isLessThan(2L * CompactionScene.FILE_BYTES);
        files.assertHolds(small, 1);
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
