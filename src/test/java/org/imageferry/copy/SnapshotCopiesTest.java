package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;
import static org.imageferry.copy.Requests.copying;

import java.util.Optional;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotCopiesTest {
    private static final SnapshotId UNKNOWN = new SnapshotId("s-" + "0".repeat(20));

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private ImageId image = new ImageId("m-" + "0".repeat(20));
    private SnapshotId snapshot = UNKNOWN;

    @BeforeEach
    void aSnapshot() throws Exception {
        image = ask.image(1);
        snapshot = scene.snapshots(image).getFirst();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Optional<Snapshot> find(SnapshotId id) {
        return scene.see(tables -> tables.snapshots().find(id));
    }

    private Task bringing(SnapshotId id) {
        return scene.<Optional<Task>>see(tables -> tables.tasks().bringing(id)).orElseThrow();
    }

    private void assertCopyRefused(Refusal expected, SnapshotCopyRequest request) {
        assertRefused(expected, () -> ask.snapshotCopies().copy(ask.me(), request));
        assertThat(scene.queue(B)).isEmpty();
    }

    @Test
    void aCopyIsASnapshotOfItsOwnFromTheFirstMoment() {
        SnapshotId copy = ask.copy(snapshot, A, B);
        Snapshot found = find(copy).orElseThrow();
        assertThat(found.region()).isEqualTo(B);
        assertThat(found.name()).isEqualTo("a-copy");
        assertThat(found.source()).contains(new Snapshot.Source(snapshot, A));
        assertThat(found.accomplished()).isFalse();
        assertThat(bringing(copy).image()).isEmpty();
    }

    @Test
    void aCopyEndsEqualToItsSource() throws Exception {
        SnapshotId copy = ask.copy(snapshot, A, B);
        Task task = bringing(copy);
        scene.work();
        assertThat(find(copy).flatMap(Snapshot::digest))
                .isEqualTo(find(snapshot).flatMap(Snapshot::digest));
        assertThat(ask.content(copy)).isEqualTo(Requests.disk(2, 1));
        assertThat(scene.task(task.id()).state()).isInstanceOf(TaskState.Done.class);
        assertThat(scene.task(task.id()).progress().done()).isEqualTo(2 * Disks.PART_BYTES);
    }

    @Test
    void aCopyMovesOnlyWhatTheRegionLacks() throws Exception {
        ask.copy(snapshot, A, B);
        scene.work();
        long objects = scene.objects(B);
        SnapshotId again = ask.copy(snapshot, A, B);
        scene.startTasks(B);
        assertThat(find(again).orElseThrow().accomplished()).isTrue();
        assertThat(scene.objects(B)).isEqualTo(objects);
    }

    @Test
    void copiesOfImagesAndOfSnapshotsWaitInQueuesOfTheirOwn() throws Exception {
        SnapshotId another = scene.snapshots(ask.image(2)).getFirst();
        ask.copy(ME, image, A, B);
        ask.copy(snapshot, A, B);
        ask.copy(another, A, B);
        scene.startTasks(B);
        assertThat(scene.queue(B))
                .extracting(task -> task.state() instanceof TaskState.Running)
                .containsExactlyInAnyOrder(true, true, false);
    }

    @Test
    void aCancelledCopyLeavesNothing() throws Exception {
        SnapshotId copy = ask.copy(snapshot, A, B);
        scene.startTasks(B);
        scene.doPart(B);
        ask.cancellations().cancel(ask.me(), bringing(copy).id());
        assertThat(find(copy)).isEmpty();
        scene.collect(B, true);
        assertThat(scene.objects(B)).isZero();
        ask.deletions().deleteSnapshot(ask.me(), copy); // is gone already
    }

    @Test
    void ofAFailedCopyOnlyTheTaskTells() throws Exception {
        SnapshotId copy = ask.copy(snapshot, A, B);
        Task task = bringing(copy);
        scene.before(SnapshotCopiesTest::failWrites);
        scene.work();
        assertThat(scene.task(task.id()).state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        failed -> assertThat(failed.reason()).contains("the disk burns"));
        assertThat(find(copy)).isEmpty();
    }

    private static Optional<StoreException> failWrites(Operation operation) {
        return operation.kind() == Operation.Kind.WRITE
                ? Optional.of(new StoreException(StoreException.Kind.FAILED, "the disk burns"))
                : Optional.empty();
    }

    @Test
    void aSecondOpenCopyIntoTheSameRegionIsRefused() throws Exception {
        SnapshotId copy = ask.copy(snapshot, A, B);
        ask.copy(snapshot, A, C);
        assertRefused(
                new Refusal.OfSnapshot.BeingCopied(snapshot, copy), () -> ask.copy(snapshot, A, B));
        scene.work();
        ask.copy(snapshot, A, B);
    }

    @Test
    void regionsMustExistAndDiffer() {
        assertCopyRefused(new Refusal.UnknownRegion(NOWHERE), copying(snapshot, NOWHERE, B));
        assertCopyRefused(new Refusal.UnknownRegion(NOWHERE), copying(snapshot, A, NOWHERE));
        assertCopyRefused(new Refusal.OfSnapshot.SameRegion(A), copying(snapshot, A, A));
    }

    @Test
    void theSourceMustBeOnesOwnAndWhereItIsSaidToBe() {
        assertCopyRefused(new Refusal.UnknownSnapshot(UNKNOWN), copying(UNKNOWN, A, B));
        assertCopyRefused(new Refusal.UnknownSnapshot(snapshot), copying(snapshot, C, B));
        assertRefused(
                new Refusal.UnknownSnapshot(snapshot),
                () -> ask.snapshotCopies().copy(ask.caller(OTHER), copying(snapshot, A, B)));
    }

    @Test
    void theSourceMustBeWholeAndSound() {
        SnapshotId copy = ask.copy(snapshot, A, C);
        assertCopyRefused(new Refusal.OfSnapshot.NotReady(copy), copying(copy, C, B));
        scene.change(tables -> {
            Snapshot whole = tables.snapshots().find(snapshot).orElseThrow();
            tables.snapshots().update(whole.withDamage(Optional.of("a bit flipped")));
            return whole;
        });
        assertCopyRefused(
                new Refusal.OfSnapshot.Damaged(snapshot, "a bit flipped"), copying(snapshot, A, B));
    }

    @Test
    void whatIsReadOrBroughtStays() throws Exception {
        ask.deletions().deleteImage(ask.me(), A, image);
        SnapshotId copy = ask.copy(snapshot, A, B);
        assertRefused(new Refusal.OfSnapshot.Busy(snapshot), () -> delete(snapshot));
        assertRefused(new Refusal.OfSnapshot.Busy(copy), () -> delete(copy));
        scene.work();
        delete(snapshot);
        delete(copy);
        assertThat(find(copy)).isEmpty();
    }

    private void delete(SnapshotId id) {
        ask.deletions().deleteSnapshot(ask.me(), id);
    }

    @Test
    void aRequestWithATokenIsCarriedOutOnce() {
        SnapshotCopyRequest request = withToken(copying(snapshot, A, B), 1);
        SnapshotId copy = ask.snapshotCopies().copy(ask.me(), request);
        assertThat(ask.snapshotCopies().copy(ask.me(), request)).isEqualTo(copy);
        assertRefused(
                new Refusal.TokenMismatch("once"),
                () -> ask.snapshotCopies().copy(ask.me(), withToken(copying(snapshot, A, B), 2)));
    }

    private static SnapshotCopyRequest withToken(SnapshotCopyRequest request, long parameters) {
        return new SnapshotCopyRequest(
                request.source(),
                request.sourceRegion(),
                request.destination(),
                request.name(),
                request.description(),
                request.retentionDays(),
                request.group(),
                request.tags(),
                request.encrypted(),
                request.kmsKey(),
                Optional.of(new ClientToken("once", new Digest(parameters, 0, 0, 0))));
    }
}
