package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.BEIJING;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.junit.jupiter.api.Test;

interface EventsContract extends CatalogFixture {
    private List<Event> events(AccountId account) {
        return events(account, EventId.NONE, Optional.empty(), 100);
    }

    private List<Event> events(
            AccountId account, EventId after, Optional<RegionId> region, int limit) {
        return rows(tables -> tables.events().after(after, account, region, limit));
    }

    private static List<TaskId> tasks(List<Event> events) {
        return events.stream().map(event -> event.task().id()).toList();
    }

    private Event eventOf(Task task) {
        List<Event> events =
                events(task.account()).stream()
                        .filter(event -> event.task().id().equals(task.id()))
                        .toList();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private Task end(Task task, TaskState.Ended end) {
        return catalog()
                .write(tables -> {
                    Task ended = tables.tasks().find(task.id()).orElseThrow().end(end);
                    tables.tasks().update(ended);
                    return ended;
                });
    }

    private Instant now() {
        return catalog().read(Tables::now);
    }

    @Test
    default void theEndOfATaskIsAnEventWithAllThatIsKnownOfIt() {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        Task copy = scenes().copy(source, SHANGHAI);
        Task running = scenes().start(copy, 0);
        Instant started = now();
        change(t -> t.tasks().addProgress(copy.id(), new Progress(1000, 900, 300, 200)));
        assertThat(events(source.account())).isEmpty();
        clock().advance(Duration.ofSeconds(5));
        Task ended = end(running, new TaskState.Done(now()));
        Event event = eventOf(copy);
        assertThat(event.task()).isEqualTo(ended);
        assertThat(event.started()).contains(started);
        assertThat(event.image())
                .contains(
                        catalog()
                                .read(tables ->
                                        tables.images()
                                                .find(copy.itsImage())
                                                .orElseThrow()
                                                .name()));
        assertThat(event.type()).hasToString("copy.finished");
        assertThat(event.sharedBytes()).isEqualTo(600);
    }

    @Test
    default void anEventKnowsHowItsTaskEnded() {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        Task failed = scenes().start(scenes().copy(source, SHANGHAI), 0);
        end(failed, new TaskState.Failed(now(), "the store is full"));
        Task cancelled = scenes().export(source);
        end(cancelled, new TaskState.Cancelled(now()));
        assertThat(eventOf(failed).type()).hasToString("copy.failed");
        assertThat(eventOf(failed).end())
                .isEqualTo(new TaskState.Failed(now(), "the store is full"));
        assertThat(eventOf(cancelled).type()).hasToString("export.cancelled");
        assertThat(eventOf(cancelled).started()).isEmpty();
    }

    @Test
    default void aSnapshotsCopyHasAnEventWithoutAnImage() {
        Snapshot source = scenes().wholeSnapshot(scenes().account(), HANGZHOU, 2);
        Task copy = scenes().copy(source, SHANGHAI);
        scenes().end(copy);
        assertThat(eventOf(copy).type()).hasToString("snapshot_copy.finished");
        assertThat(eventOf(copy).image()).isEmpty();
    }

    @Test
    default void aCancelledCopysEventStillKnowsTheImagesName() {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        Task copy = scenes().copy(source, SHANGHAI);
        String name =
                catalog()
                        .read(tables -> tables.images().find(copy.itsImage()).orElseThrow())
                        .name()
                        .value();
        change(tables -> {
            tables.tasks().update(copy.end(new TaskState.Cancelled(tables.now())));
            tables.images().delete(copy.itsImage());
        });
        assertThat(eventOf(copy).image()).map(Object::toString).contains(name);
    }

    @Test
    default void eventsAreReadAfterTheLastThatWasSeenOldestFirst() {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        List<TaskId> ended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ended.add(scenes().end(scenes().export(source)).id());
        }
        List<Event> first = events(source.account(), EventId.NONE, Optional.empty(), 2);
        assertThat(tasks(first)).isEqualTo(ended.subList(0, 2));
        EventId seen = first.getLast().id();
        assertThat(tasks(events(source.account(), seen, Optional.empty(), 100)))
                .isEqualTo(ended.subList(2, 5));
        EventId last = catalog().read(tables -> tables.events().last(source.account()));
        assertThat(events(source.account(), last, Optional.empty(), 100)).isEmpty();
        assertThat(eventOf(scenes().end(scenes().export(source))).id()).isGreaterThan(last);
    }

    @Test
    default void eventsAreReadByAccountAndRegion() {
        Image mine = scenes().image(scenes().account(), HANGZHOU);
        Image theirs = scenes().image(scenes().account(), HANGZHOU);
        Task shanghai = scenes().end(scenes().copy(mine, SHANGHAI));
        Task beijing = scenes().end(scenes().copy(mine, BEIJING));
        scenes().end(scenes().copy(theirs, SHANGHAI));
        assertThat(tasks(events(mine.account()))).containsExactly(shanghai.id(), beijing.id());
        assertThat(tasks(events(mine.account(), EventId.NONE, Optional.of(BEIJING), 100)))
                .containsExactly(beijing.id());
        AccountId nobody = scenes().account();
        assertThat(events(nobody)).isEmpty();
        assertThat(row(tables -> Optional.of(tables.events().last(nobody)))).contains(EventId.NONE);
    }

    @Test
    default void anEndThatIsNotCommittedIsNoEvent() {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        Task copy = scenes().copy(source, SHANGHAI);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        change(tables -> {
                            tables.tasks().update(copy.end(new TaskState.Done(tables.now())));
                            throw new IllegalStateException("no");
                        }));
        assertThat(events(source.account())).isEmpty();
    }

    @Test
    default void ofThreadsThatRaceToEndATaskOneMakesTheEvent() throws Exception {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        Task task = scenes().start(scenes().copy(source, SHANGHAI), 0);
        List<Boolean> won = Racing.all(6, i -> ends(task, i % 2 == 0));
        assertThat(won).containsOnlyOnce(true);
        TaskState state = row(tables -> tables.tasks().find(task.id())).orElseThrow().state();
        assertThat(eventOf(task).end()).isEqualTo(state);
    }

    /// @return whether it was the first to
    private boolean ends(Task task, boolean cancelled) {
        try {
            end(task, cancelled ? new TaskState.Cancelled(now()) : new TaskState.Done(now()));
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Test
    default void eventsGoWithTheirTasks() {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        Task old = scenes().end(scenes().export(source));
        clock().advance(Duration.ofDays(6));
        Task young = scenes().end(scenes().export(source));
        clock().advance(Duration.ofDays(2));
        Instant before = now().minus(Duration.ofDays(7));
        change(tables -> tables.tasks().forget(before, 100));
        assertThat(tasks(events(source.account()))).containsExactly(young.id());
        assertThat(old.id()).isNotEqualTo(young.id());
    }

    @Test
    default void whoFollowsWhileManyTasksEndMissesNone() throws Exception {
        Image source = scenes().image(scenes().account(), HANGZHOU);
        List<Task> tasks = IntStream.range(0, 24).mapToObj(_ -> scenes().export(source)).toList();
        List<TaskId> seen = new ArrayList<>();
        Racing.all(
                5,
                i -> {
                    if (i == 0) {
                        follow(source.account(), tasks.size(), seen);
                    } else {
                        tasks.subList(6 * (i - 1), 6 * i).forEach(scenes()::end);
                    }
                    return i;
                });
        assertThat(seen).containsExactlyInAnyOrderElementsOf(tasks.stream().map(Task::id).toList());
    }

    private void follow(AccountId account, int many, List<TaskId> seen) {
        EventId last = EventId.NONE;
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (seen.size() < many && System.nanoTime() < end) {
            for (Event event : events(account, last, Optional.empty(), 2)) {
                seen.add(event.task().id());
                last = event.id();
            }
        }
    }
}
