package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.BEIJING;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.Test;

interface TasksContract extends CatalogFixture {
    private Task found(Task task) {
        return row(tables -> tables.tasks().find(task.id())).orElseThrow();
    }

    private void end(Task task, TaskState.Ended end) {
        change(tables -> tables.tasks().update(found(tables, task).end(end)));
    }

    private static Task found(Tables tables, Task task) {
        return tables.tasks().find(task.id()).orElseThrow();
    }

    @Test
    default void aTaskIsFoundAsItWasInsertedWhateverItsWork() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task copy = scenes().copy(image, SHANGHAI);
        Task imported = scenes().imported(image.account(), BEIJING);
        Task export = scenes().export(image);
        Task one = verification(image, Optional.of(image.id()));
        Task all = verification(image, Optional.empty());
        for (Task task : List.of(copy, imported, export, one, all)) {
            assertThat(found(task)).isEqualTo(task);
        }
        TaskId unknown = scenes().taskId();
        assertThat(row(tables -> tables.tasks().find(unknown))).isEmpty();
    }

    private Task verification(Image image, Optional<ImageId> of) {
        Work work = new Work.VerifyImages(of);
        return scenes().insert(scenes().task(image, HANGZHOU, work), List.of());
    }

    @Test
    default void everyStateOfATaskIsKept() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Instant now = catalog().read(Tables::now);
        Task running = scenes().start(scenes().copy(image, SHANGHAI), 2);
        assertThat(found(running).state()).isEqualTo(new TaskState.Running(now, 2));
        end(running, new TaskState.Failed(now, "store is full"));
        assertThat(found(running).state()).isEqualTo(new TaskState.Failed(now, "store is full"));
        Task cancelled = scenes().copy(image, SHANGHAI);
        end(cancelled, new TaskState.Cancelled(now));
        assertThat(found(cancelled).state()).isEqualTo(new TaskState.Cancelled(now));
        Task done = scenes().end(scenes().copy(image, SHANGHAI));
        assertThat(found(done).state()).isEqualTo(new TaskState.Done(now));
    }

    @Test
    default void aRunningTaskHasStalledOnceItHasMadeNoProgressForSoLong() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        scenes().copy(image, BEIJING);
        Task running = scenes().start(scenes().copy(image, SHANGHAI), 0);
        clock().advance(Duration.ofMinutes(30));
        assertThat(stalled(Duration.ofMinutes(31))).isEmpty();
        assertThat(stalled(Duration.ofMinutes(29))).containsExactly(running.id());
        change(tables -> tables.tasks().addProgress(running.id(), new Progress(0, 1, 0, 0)));
        assertThat(stalled(Duration.ofMinutes(29))).isEmpty();
    }

    private List<TaskId> stalled(Duration time) {
        return catalog()
                .read(tables -> tables.tasks().stalled(SHANGHAI, tables.now().minus(time)))
                .stream()
                .map(Task::id)
                .toList();
    }

    @Test
    default void anEndIsForGood() {
        Task task = scenes().copy(scenes().image(scenes().account(), HANGZHOU), SHANGHAI);
        Task read = found(task);
        Instant now = catalog().read(Tables::now);
        end(task, new TaskState.Cancelled(now));
        assertThatIllegalStateException()
                .isThrownBy(() -> change(t -> t.tasks().update(read.end(new TaskState.Done(now)))))
                .withMessageContaining("has ended");
        assertThat(found(task).state()).isEqualTo(new TaskState.Cancelled(now));
    }

    @Test
    default void ofThreadsThatRaceToEndATaskOneWins() throws Exception {
        Task task = scenes().copy(scenes().image(scenes().account(), HANGZHOU), SHANGHAI);
        Instant now = catalog().read(Tables::now);
        List<Boolean> won =
                Racing.all(
                        6,
                        i -> {
                            try {
                                end(task, new TaskState.Failed(now, "thread " + i));
                                return true;
                            } catch (IllegalStateException e) {
                                return false;
                            }
                        });
        assertThat(won).containsOnlyOnce(true);
        assertThat(found(task).state())
                .isEqualTo(new TaskState.Failed(now, "thread " + won.indexOf(true)));
    }

    @Test
    default void anEndReleasesWhatTheTaskReadsAndItsClaimsAndParts() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task task = scenes().start(scenes().copy(image, SHANGHAI), 0);
        SnapshotId brought =
                row(t -> t.images().find(task.itsImage()))
                        .map(copy -> CatalogScenes.disk(copy, 0))
                        .orElseThrow();
        Instant later = catalog().read(Tables::now).plusSeconds(60);
        long claim =
                catalog()
                        .<Long>write(tables -> {
                            tables.claims().offer(task.id(), brought, offers(2));
                            return tables.claims()
                                    .claimPart(task.id(), "n1", later)
                                    .orElseThrow()
                                    .claim();
                        });
        scenes().end(task);
        assertThat(is(t -> t.claims().holds(claim))).isFalse();
        assertThat(is(t -> t.claims().allDone(task.id()))).isTrue();
        assertThat(catalog().<Boolean>write(t -> claimable(t, task, later))).isFalse();
        assertThat(is(t -> t.snapshots().isRead(CatalogScenes.disk(image, 0)))).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> change(t -> t.claims().offer(task.id(), brought, offers(1))));
    }

    private static boolean claimable(Tables tables, Task task, Instant until) {
        return tables.claims().claimPart(task.id(), "n1", until).isPresent()
                || tables.claims().claimTask(task.id(), "n1", until).isPresent();
    }

    private static List<Claims.Offer> offers(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> new Claims.Offer(i, Optional.empty(), 100))
                .toList();
    }

    @Test
    default void progressGrowsAndNeverGoesBack() {
        Task task = scenes().copy(scenes().image(scenes().account(), HANGZHOU), SHANGHAI);
        change(t -> t.tasks().addProgress(task.id(), new Progress(1_000, 0, 0, 0)));
        change(t -> t.tasks().addProgress(task.id(), new Progress(0, 300, 200, 100)));
        change(t -> t.tasks().addProgress(task.id(), new Progress(0, 30, 20, 10)));
        assertThat(found(task).progress()).isEqualTo(new Progress(1_000, 330, 220, 110));
        change(t -> t.tasks().addProgress(task.id(), new Progress(2_000, 0, 0, 0)));
        assertThat(found(task).progress()).isEqualTo(new Progress(2_000, 330, 220, 110));
        change(t -> t.tasks().update(task.start(t.now(), 0)));
        assertThat(found(task).progress()).isEqualTo(new Progress(2_000, 330, 220, 110));
        change(t -> t.tasks().update(found(t, task).with(new Progress(2_000, 400, 300, 200))));
        assertThat(found(task).progress()).isEqualTo(new Progress(2_000, 400, 300, 200));
    }

    @Test
    default void theTaskThatBroughtAnImageIsFoundOpenAndEnded() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task copy = scenes().copy(image, SHANGHAI);
        Task imported = scenes().imported(image.account(), HANGZHOU);
        scenes().export(image);
        assertThat(row(t -> t.tasks().bringing(copy.itsImage()))).contains(copy);
        assertThat(row(t -> t.tasks().bringing(imported.itsImage()))).contains(imported);
        assertThat(row(t -> t.tasks().bringing(image.id()))).isEmpty();
        Task ended = scenes().end(copy);
        assertThat(row(t -> t.tasks().bringing(copy.itsImage()))).contains(ended);
        List<ImageId> all = List.of(copy.itsImage(), image.id(), imported.itsImage());
        assertThat(catalog().<Map<ImageId, Task>>read(t -> t.tasks().bringing(all)))
                .isEqualTo(Map.of(copy.itsImage(), ended, imported.itsImage(), imported));
        assertThat(catalog().<Map<ImageId, Task>>read(t -> t.tasks().bringing(List.of())))
                .isEmpty();
    }

    @Test
    default void openCopiesAndExportsReadTheirImageInAnyRegion() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task first = scenes().copy(image, SHANGHAI);
        Task second = scenes().copy(image, BEIJING);
        Task export = scenes().export(image);
        verification(image, Optional.of(image.id()));
        assertThat(rows(t -> t.tasks().reading(image.id())))
                .containsExactlyInAnyOrder(first, second, export);
        scenes().end(first);
        scenes().end(export);
        assertThat(rows(t -> t.tasks().reading(image.id()))).containsExactly(second);
        assertThat(rows(t -> t.tasks().reading(second.itsImage()))).isEmpty();
    }

    @Test
    default void anImageHasOneOpenCopyIntoARegion() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task copy = scenes().copy(image, SHANGHAI);
        assertThat(copying(image, SHANGHAI)).isTrue();
        assertThat(copying(image, BEIJING)).isFalse();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> scenes().copy(image, SHANGHAI))
                .extracting(RefusedException::refusal)
                .isEqualTo(new Refusal.ImageBeingCopied(image.id()));
        scenes().copy(image, BEIJING);
        scenes().end(copy);
        assertThat(copying(image, SHANGHAI)).isFalse();
        scenes().copy(image, SHANGHAI);
    }

    private boolean copying(Image image, RegionId destination) {
        return is(tables -> tables.tasks().copying(image.account(), image.id(), destination));
    }

    @Test
    default void aSnapshotHasOneOpenCopyIntoARegion() {
        Snapshot source = scenes().wholeSnapshot(scenes().account(), HANGZHOU, 1);
        Task copy = scenes().copy(source, SHANGHAI);
        assertThat(row(t -> t.tasks().find(copy.id()))).contains(copy);
        assertThat(row(t -> t.tasks().copying(source.id(), SHANGHAI))).contains(copy);
        assertThat(row(t -> t.tasks().copying(source.id(), BEIJING))).isEmpty();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> scenes().copy(source, SHANGHAI))
                .extracting(RefusedException::refusal)
                .isEqualTo(
                        new Refusal.OfSnapshot.BeingCopied(
                                source.id(), copy.snapshot().orElseThrow()));
        scenes().end(copy);
        assertThat(row(t -> t.tasks().copying(source.id(), SHANGHAI))).isEmpty();
        scenes().copy(source, SHANGHAI);
    }

    @Test
    default void aSnapshotIsBroughtByItselfOrWithAnImageUntilTheTaskEnds() {
        AccountId account = scenes().account();
        Task alone = scenes().copy(scenes().wholeSnapshot(account, HANGZHOU, 1), SHANGHAI);
        Task image = scenes().copy(scenes().image(account, HANGZHOU), SHANGHAI);
        SnapshotId ofImage =
                CatalogScenes.disk(row(t -> t.images().find(image.itsImage())).orElseThrow(), 0);
        for (var each : Map.of(alone.snapshot().orElseThrow(), alone, ofImage, image).entrySet()) {
            assertThat(row(t -> t.tasks().bringing(each.getKey()))).contains(each.getValue());
            scenes().end(each.getValue());
            assertThat(row(t -> t.tasks().bringing(each.getKey()))).isEmpty();
        }
    }

    @Test
    default void tasksAreListedNewestFirstAndFiltered() {
        AccountId account = scenes().account();
        Image image = scenes().image(account, HANGZHOU);
        Task copy = scenes().copy(image, SHANGHAI);
        scenes().copy(scenes().image(scenes().account(), HANGZHOU), SHANGHAI);
        Instant first = catalog().read(Tables::now);
        clock().advance(Duration.ofSeconds(1));
        Instant second = catalog().read(Tables::now);
        Task export = scenes().start(scenes().export(image), 0);
        TaskLists all = new TaskLists(account);
        assertThat(ids(all.query())).containsExactly(export.id(), copy.id());
        assertThat(ids(all.in(SHANGHAI))).containsExactly(copy.id());
        assertThat(ids(all.ids(Set.of(export.id())))).containsExactly(export.id());
        assertThat(ids(all.actions(Set.of(Work.Action.CopyImage, Work.Action.ImportImage))))
                .containsExactly(copy.id());
        assertThat(ids(all.statuses(Set.of(Tasks.Status.Processing)))).containsExactly(export.id());
        assertThat(ids(all.statuses(Set.of(Tasks.Status.Finished)))).isEmpty();
        assertThat(ids(all.images(Set.of(image.id())))).containsExactly(export.id());
        assertThat(ids(all.created(Optional.of(second), Optional.empty())))
                .containsExactly(export.id());
        assertThat(ids(all.created(Optional.empty(), Optional.of(first))))
                .containsExactly(copy.id());
    }

    @Test
    default void aPageOfTasksTellsHowManyThereAre() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        scenes().copy(image, SHANGHAI);
        Task last = scenes().copy(image, BEIJING);
        Tasks.Query query = new TaskLists(image.account()).query();
        assertThat(catalog().<Page<Task>>read(tables -> tables.tasks().list(query, 1, 5)))
                .isEqualTo(new Page<>(List.of(last), 2));
    }

    private List<TaskId> ids(Tasks.Query query) {
        Page<Task> page = catalog().read(tables -> tables.tasks().list(query, 0, 10));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Task::id).toList();
    }

    @Test
    default void tasksThatEndedLongAgoAreForgotten() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task first = scenes().end(scenes().copy(image, SHANGHAI));
        clock().advance(Duration.ofSeconds(1));
        Task second = scenes().end(scenes().copy(image, SHANGHAI));
        clock().advance(Duration.ofSeconds(1));
        Task open = scenes().copy(image, SHANGHAI);
        Instant now = catalog().read(Tables::now);
        change(tables -> tables.tasks().forget(now.minusSeconds(2), 10));
        assertThat(found(first)).isEqualTo(first);
        change(tables -> tables.tasks().forget(now, 1));
        assertThat(row(t -> t.tasks().find(first.id()))).isEmpty();
        assertThat(found(second)).isEqualTo(second);
        change(tables -> tables.tasks().forget(now.plusSeconds(9), 10));
        assertThat(row(t -> t.tasks().find(second.id()))).isEmpty();
        assertThat(found(open)).isEqualTo(open);
    }
}
