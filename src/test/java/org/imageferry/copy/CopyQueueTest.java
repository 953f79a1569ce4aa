package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.OTHER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopyQueueTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private List<ImageId> copies(int many) throws Exception {
        List<ImageId> images = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            images.add(ask.image(i));
        }
        return images.stream().map(image -> ask.copy(ME, image, A, B)).toList();
    }

    private List<ImageId> running() {
        return scene.queue(B).stream()
                .filter(task -> task.state() instanceof TaskState.Running)
                .map(Task::itsImage)
                .toList();
    }

    @Test
    void fiveCopiesIntoARegionRunOneAtATimeInTheirOrder() throws Exception {
        List<ImageId> copies = copies(5);
        List<ImageId> ran = new ArrayList<>();
        while (!scene.queue(B).isEmpty()) {
            scene.startTasks(B);
            assertThat(running()).hasSize(1);
            ran.addAll(running());
            scene.doPart(B);
        }
        assertThat(ran.stream().distinct().toList()).isEqualTo(copies);
        assertThat(copies).allMatch(copy -> scene.image(copy).orElseThrow().available());
    }

    @Test
    void copiesIntoDifferentRegionsDoNotWaitForEachOther() throws Exception {
        ImageId image = ask.image(1);
        ask.copy(ME, image, A, B);
        ask.copy(ME, image, A, C);
        scene.startTasks(B);
        scene.startTasks(C);
        assertThat(scene.queue(B)).allMatch(task -> task.state() instanceof TaskState.Running);
        assertThat(scene.queue(C)).allMatch(task -> task.state() instanceof TaskState.Running);
    }

    @Test
    void accountsTakeTurns() throws Exception {
        ImageId other = ask.image(OTHER, A, Requests.disk(1, 9));
        List<ImageId> mine = copies(2);
        ImageId theirs = ask.copy(OTHER, other, A, B);
        scene.startTasks(B);
        assertThat(running()).containsExactly(mine.get(0));
        ask.copies().cancel(ask.me(), B, mine.get(0));
        scene.startTasks(B);
        assertThat(running()).containsExactly(theirs);
        ask.copies().cancel(ask.caller(OTHER), B, theirs);
        scene.startTasks(B);
        assertThat(running()).containsExactly(mine.get(1));
    }

    @Test
    void aWaitingCopyThatIsCancelledLeavesNothing() throws Exception {
        List<ImageId> copies = copies(3);
        scene.startTasks(B);
        cancelLeavesNothing(copies.get(1));
        scene.work();
        assertThat(ask.content(copies.get(0))).containsExactly(Requests.disk(2, 0));
        assertThat(ask.content(copies.get(2))).containsExactly(Requests.disk(2, 2));
    }

    @Test
    void aRunningCopyThatIsCancelledLeavesNothingAndTheNextStarts() throws Exception {
        List<ImageId> copies = copies(2);
        scene.startTasks(B);
        scene.doPart(B);
        cancelLeavesNothing(copies.get(0));
        scene.startTasks(B);
        assertThat(running()).containsExactly(copies.get(1));
        ask.copies().cancel(ask.me(), B, copies.get(1));
        scene.collect(B, true);
        assertThat(scene.objects(B)).isZero();
    }

    private void cancelLeavesNothing(ImageId copy) {
        List<SnapshotId> snapshots = scene.snapshots(copy);
        var name = scene.image(copy).orElseThrow().name();
        ask.copies().cancel(ask.me(), B, copy);
        assertThat(scene.image(copy)).isEmpty();
        assertThat(snapshots)
                .allMatch(
                        id -> scene.<Boolean>see(tables -> tables.snapshots().find(id).isEmpty()));
        assertThat(scene.<Boolean>see(tables -> tables.images().nameTaken(ME, B, name))).isFalse();
        assertThat(scene.bringing(copy).state()).isInstanceOf(TaskState.Cancelled.class);
    }

    @Test
    void aHangingStoreDoesNotDelayCancel() throws Exception {
        ImageId copy = copies(1).getFirst();
        scene.startTasks(B);
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch comesBack = new CountDownLatch(1);
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE) {
                hangs.countDown();
                await(comesBack);
            }
            return Optional.empty();
        });
        Thread worker = Thread.ofVirtual().start(this::doPart);
        await(hangs);
        cancelLeavesNothing(copy);
        comesBack.countDown();
        worker.join();
        scene.collect(B, true);
        assertThat(scene.objects(B)).isZero();
    }

    private void doPart() {
        try {
            scene.doPart(B);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
