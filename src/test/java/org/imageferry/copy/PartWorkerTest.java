package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartWorkerTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private ImageId runningCopy(int parts) throws Exception {
        ImageId copy = ask.copy(ME, ask.image(ME, A, Requests.disk(parts, 1)), A, B);
        scene.startTasks(B);
        return copy;
    }

    private void failWrites(StoreException.Kind kind) {
        scene.before(operation ->
                operation.kind() == Operation.Kind.WRITE
                                && operation.name().value().startsWith("segments/")
                        ? Optional.of(new StoreException(kind, "the store burns"))
                        : Optional.empty());
    }

    @Test
    void aPartThatKeepsFailingFailsItsCopyWithTheReason() throws Exception {
        ImageId copy = runningCopy(1);
        failWrites(StoreException.Kind.FAILED);
        scene.work();
        assertThat(scene.bringing(copy).state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("the store burns"));
    }

    @Test
    void aFullStoreIsWaitedFor() throws Exception {
        ImageId copy = runningCopy(1);
        failWrites(StoreException.Kind.FULL);
        scene.work();
        assertThat(scene.bringing(copy).open()).isTrue();
        scene.before(_ -> Optional.empty());
        scene.open();
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    @Test
    void aLateWorkersTroubleIsNotTheTasks() throws Exception {
        ImageId copy = runningCopy(1);
        failWrites(StoreException.Kind.FAILED);
        for (int i = 1; i < FailedPart.MOST_ATTEMPTS; i++) {
            scene.doPart(B);
            scene.later(Leases.USUAL);
        }
        AtomicBoolean late = new AtomicBoolean();
        scene.before(operation -> {
            if (operation.kind() != Operation.Kind.WRITE || late.getAndSet(true)) {
                return Optional.empty();
            }
            scene.later(Leases.USUAL); // it hangs, and another takes the part up
            doPart();
            return Optional.of(new StoreException(StoreException.Kind.FAILED, "the store burns"));
        });
        scene.doPart(B);
        assertThat(late).isTrue();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    @Test
    void aStoreThatIsFullAgainAndAgainIsWaitedForAllTheSame() throws Exception {
        ImageId copy = runningCopy(1);
        failWrites(StoreException.Kind.FULL);
        for (int i = 0; i <= FailedPart.MOST_ATTEMPTS; i++) {
            assertThat(scene.doPart(B)).isTrue();
            scene.open();
            scene.later(Leases.USUAL);
        }
        assertThat(scene.bringing(copy).open()).isTrue();
        scene.before(_ -> Optional.empty());
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    @Test
    void aLateWorkerDoesNotFailWhatAnotherIsAt() throws Exception {
        ImageId copy = runningCopy(1);
        failWrites(StoreException.Kind.FAILED);
        for (int i = 1; i < FailedPart.MOST_ATTEMPTS; i++) {
            scene.doPart(B);
            scene.later(Leases.USUAL);
        }
        AtomicBoolean late = new AtomicBoolean();
        scene.before(operation -> {
            if (operation.kind() != Operation.Kind.WRITE || late.getAndSet(true)) {
                return Optional.empty();
            }
            scene.later(Leases.USUAL); // it hangs, and another takes the part up
            assertThat(claimedByAnother(copy)).isTrue();
            return Optional.of(new StoreException(StoreException.Kind.FAILED, "the store burns"));
        });
        scene.doPart(B);
        assertThat(late).isTrue();
        assertThat(scene.bringing(copy).open()).isTrue();
    }

    private boolean claimedByAnother(ImageId copy) {
        TaskId task = scene.bringing(copy).id();
        return scene.shop()
                .catalog()
                .write(t -> t.claims().claimPart(task, "another", t.now().plus(Leases.USUAL)))
                .isPresent();
    }

    @Test
    void whatLandedBeforeAManifestThatDidNotIsTakenBack() throws Exception {
        ImageId copy = runningCopy(1);
        scene.before(operation ->
                operation.kind() == Operation.Kind.WRITE
                                && operation.name().value().startsWith("manifests/")
                        ? Optional.of(new StoreException(StoreException.Kind.FAILED, "it burns"))
                        : Optional.empty());
        scene.doPart(B);
        assertThat(scene.objects(B)).isZero();
        scene.before(_ -> Optional.empty());
        scene.later(Leases.USUAL);
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    /// Where there are several lanes, both are written at the same time.
    @Test
    void aManifestThatLandedBeforeASegmentThatDidNotIsTakenBack() throws Exception {
        ImageId copy = runningCopy(1);
        scene.before(operation -> {
            if (operation.kind() != Operation.Kind.WRITE
                    || !operation.name().value().startsWith("segments/")) {
                return Optional.empty();
            }
            while (scene.objects(B) == 0) {
                Thread.onSpinWait();
            }
            return Optional.of(new StoreException(StoreException.Kind.FAILED, "it burns"));
        });
        Workshop real = scene.shop();
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            Lanes two = new Lanes(executor, 2, 1);
            new PartWorker(with(real.catalog(), real.regions(), two)).step(scene.regionOf(B));
        }
        assertThat(scene.objects(B)).isZero();
        scene.before(_ -> Optional.empty());
        scene.later(Leases.USUAL);
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    /// As where a region's bandwidth is bounded and other parts' segments are before ours.
    @Test
    void slowWritesOneAfterTheOtherDoNotLoseTheClaim() throws Exception {
        ImageId copy = runningCopy(1);
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE) {
                scene.later(Leases.USUAL.multipliedBy(2).dividedBy(3));
            }
            return Optional.empty();
        });
        scene.doPart(B);
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    /// Another node may have regions that this one has not.
    @Test
    void aPartWhoseSourceIsNotAmongTheNodesRegionsIsLeftToOthers() throws Exception {
        ImageId copy = runningCopy(1);
        Workshop real = scene.shop();
        RegionMap fewer = new RegionMap(List.of(scene.regionOf(B)));
        PartWorker elsewhere = new PartWorker(with(real.catalog(), fewer));
        assertThat(elsewhere.step(scene.regionOf(B))).isFalse();
        assertThat(scene.doPart(B)).isTrue();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(1, 1));
    }

    /// Among several nodes one look calls one worker: nobody else calls the next.
    @Test
    void whoTakesAPartHasOneMoreCalled() throws Exception {
        runningCopy(1);
        List<RegionId> called = new ArrayList<>();
        Workshop real = scene.shop();
        PartWorker worker =
                new PartWorker(with(real.catalog(), real.regions(), real.lanes(), called::add));
        int taken = 0;
        while (worker.step(scene.regionOf(B))) {
            taken++;
        }
        assertThat(called).hasSize(taken).isNotEmpty().containsOnly(B);
    }

    /// The first is made, the second is found to be there, and so are all others.
    @Test
    void partsThatAreTheSameAsOneThatCameAreTakenWithIt() throws Exception {
        byte[] disk = new byte[Math.toIntExact(9 * Disks.PART_BYTES)];
        disk[0] = 1;
        disk[Math.toIntExact(7 * Disks.PART_BYTES)] = 1; // as the first
        ImageId copy = ask.copy(ME, ask.image(ME, A, disk), A, B);
        scene.startTasks(B);
        for (int part = 0; part < 3; part++) {
            assertThat(scene.doPart(B)).isTrue();
        }
        assertThat(scene.doPart(B)).isFalse();
        assertThat(scene.bringing(copy).state()).isInstanceOf(TaskState.Done.class);
        assertThat(scene.bringing(copy).progress().done())
                .isEqualTo(scene.bringing(copy).progress().total())
                .isPositive();
        assertThat(ask.content(copy)).containsExactly(disk);
    }

    private Workshop with(Catalog catalog, RegionMap regions) {
        return with(catalog, regions, scene.shop().lanes());
    }

    private Workshop with(Catalog catalog, RegionMap regions, Lanes lanes) {
        return with(catalog, regions, lanes, scene.shop().wake());
    }

    private Workshop with(
            Catalog catalog, RegionMap regions, Lanes lanes, Consumer<RegionId> wake) {
        Workshop real = scene.shop();
        return new Workshop(
                catalog,
                regions,
                real.buckets(),
                real.scratch(),
                real.ids(),
                real.node(),
                real.partBytes(),
                real.footers(),
                real.buffers(),
                lanes,
                real.seals(),
                real.leases(),
                wake);
    }

    private void doPart() {
        try {
            scene.doPart(B);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWorkerWhoseCopyWasCancelledAndWhoseSourceIsGoneGivesUpQuietly() throws Exception {
        ImageId image = ask.image(1);
        ImageId copy = ask.copy(ME, image, A, B);
        scene.startTasks(B);
        AtomicInteger transactions = new AtomicInteger();
        Workshop real = scene.shop();
        PartWorker worker =
                new PartWorker(
                        with(
                                new Interrupted(
                                        real.catalog(),
                                        () -> {
                                            if (transactions.incrementAndGet() == 1) {
                                                forget(copy, image);
                                            }
                                        }),
                                real.regions()));
        assertThat(worker.step(scene.regionOf(B))).isTrue();
        assertThat(scene.image(copy)).isEmpty();
        scene.collect(B, true);
        assertThat(scene.objects(B)).isZero();
    }

    private void forget(ImageId copy, ImageId image) {
        ask.copies().cancel(ask.me(), B, copy);
        var snapshots = scene.snapshots(image);
        ask.deletions().deleteImage(ask.me(), A, image);
        snapshots.forEach(snapshot -> ask.deletions().deleteSnapshot(ask.me(), snapshot));
        try {
            scene.collect(A, true);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
