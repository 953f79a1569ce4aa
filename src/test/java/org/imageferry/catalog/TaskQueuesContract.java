package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.Test;

interface TaskQueuesContract extends CatalogFixture {
    /// A waiting copy into [CatalogScenes#SHANGHAI] of an image of its own.
    private Task waiting(AccountId account) {
        return scenes().copy(scenes().image(account, HANGZHOU), SHANGHAI);
    }

    /// Starts and at once ends who is next, until nobody waits.
    private List<TaskId> serveAll() {
        List<TaskId> order = new ArrayList<>();
        for (Optional<Task> next = next(); next.isPresent(); next = next()) {
            serve(next.get());
            order.add(next.get().id());
        }
        return order;
    }

    private Optional<Task> next() {
        return row(t -> t.tasks().next(SHANGHAI, Work.Action.CopyImage));
    }

    private void serve(Task task) {
        scenes().start(task, 0);
        change(t ->
                t.regions().served(SHANGHAI, Work.Action.CopyImage, task.account(), task.ticket()));
        scenes().end(task);
    }

    @Test
    default void withinAnAccountWhoCameFirstGoesFirst() {
        AccountId account = scenes().account();
        List<TaskId> tasks =
                IntStream.range(0, 4).mapToObj(_ -> waiting(account)).map(Task::id).toList();
        assertThat(serveAll()).isEqualTo(tasks);
    }

    @Test
    default void accountsTakeTurnsHoweverManyTasksTheyHave() {
        AccountId many = scenes().account();
        AccountId few = scenes().account();
        List<Task> of = IntStream.range(0, 4).mapToObj(_ -> waiting(many)).toList();
        Task one = waiting(few);
        Task two = waiting(few);
        assertThat(serveAll())
                .containsExactly(
                        of.get(0).id(),
                        one.id(),
                        of.get(1).id(),
                        two.id(),
                        of.get(2).id(),
                        of.get(3).id());
    }

    @Test
    default void anAccountThatWasNeverServedGoesBeforeAllThatWere() {
        AccountId first = scenes().account();
        serve(waiting(first));
        Task again = waiting(first);
        AccountId newcomer = scenes().account();
        Task latest = waiting(newcomer);
        assertThat(serveAll()).containsExactly(latest.id(), again.id());
    }

    @Test
    default void ofSeveralNeverServedTheLowestTicketGoesFirst() {
        AccountId later = scenes().account();
        AccountId sooner = scenes().account();
        Task first = waiting(sooner);
        Task second = waiting(later);
        assertThat(serveAll()).containsExactly(first.id(), second.id());
    }

    @Test
    default void queuesOfOtherActionsAndRegionsAreTheirOwn() {
        Task copy = waiting(scenes().account());
        Task imported = scenes().imported(copy.account(), SHANGHAI);
        assertThat(row(t -> t.tasks().next(SHANGHAI, Work.Action.ImportImage))).contains(imported);
        assertThat(row(t -> t.tasks().next(SHANGHAI, Work.Action.ExportImage))).isEmpty();
        assertThat(row(t -> t.tasks().next(HANGZHOU, Work.Action.CopyImage))).isEmpty();
        serve(copy);
        Task other = waiting(scenes().account());
        Task again = waiting(copy.account());
        change(t -> t.regions().served(SHANGHAI, Work.Action.ImportImage, other.account(), 1));
        assertThat(serveAll()).containsExactly(other.id(), again.id());
    }

    @Test
    default void anAccountsOpenTasksInARegionAreCounted() {
        AccountId account = scenes().account();
        scenes().start(waiting(account), 1);
        waiting(account);
        waiting(account);
        waiting(scenes().account());
        scenes().imported(account, HANGZHOU);
        assertThat(open(account, SHANGHAI)).isEqualTo(new Tasks.Open(2, 1));
        serveAll();
        assertThat(open(account, SHANGHAI)).isEqualTo(new Tasks.Open(0, 1));
        assertThat(open(account, HANGZHOU)).isEqualTo(new Tasks.Open(1, 0));
    }

    private Tasks.Open open(AccountId account, RegionId region) {
        return catalog().read(tables -> tables.tasks().open(account, region));
    }

    @Test
    default void noTwoRunningTasksHoldTheSameSlot() {
        AccountId account = scenes().account();
        Task first = scenes().start(waiting(account), 0);
        Task second = waiting(account);
        assertThatIllegalStateException()
                .isThrownBy(() -> scenes().start(second, 0))
                .withMessageContaining("slot");
        scenes().start(second, 1);
        scenes().start(scenes().imported(account, SHANGHAI), 0);
        assertThat(slots(SHANGHAI, Work.Action.CopyImage)).containsExactlyInAnyOrder(0, 1);
        assertThat(slots(SHANGHAI, Work.Action.ImportImage)).containsExactly(0);
        assertThat(slots(HANGZHOU, Work.Action.CopyImage)).isEmpty();
        scenes().end(first);
        scenes().start(waiting(account), 0);
    }

    private Set<Integer> slots(RegionId region, Work.Action action) {
        return catalog().read(tables -> tables.tasks().slots(region, action));
    }

    @Test
    default void ofThreadsThatRaceForASlotOneWins() throws Exception {
        AccountId account = scenes().account();
        List<Task> tasks = IntStream.range(0, 6).mapToObj(_ -> waiting(account)).toList();
        List<Boolean> won =
                Racing.all(
                        6,
                        i -> {
                            try {
                                scenes().start(tasks.get(i), 0);
                                return true;
                            } catch (IllegalStateException e) {
                                return false;
                            }
                        });
        assertThat(won).containsOnlyOnce(true);
        assertThat(rows(t -> t.tasks().running(SHANGHAI, Work.Action.CopyImage)))
                .extracting(Task::id)
                .containsExactly(tasks.get(won.indexOf(true)).id());
    }

    @Test
    default void aQueueShowsRunningTasksThenWaitingOnes() {
        AccountId account = scenes().account();
        Task first = waiting(account);
        Task second = waiting(account);
        Task third = waiting(account);
        scenes().imported(account, HANGZHOU);
        scenes().end(waiting(account));
        Task running = scenes().start(third, 0);
        assertThat(rows(t -> t.tasks().queue(SHANGHAI, 10)))
                .containsExactly(running, first, second);
        assertThat(rows(t -> t.tasks().queue(SHANGHAI, 2))).containsExactly(running, first);
    }

    @Test
    default void loadsAreOfAllRegionsThatHaveOpenTasks() {
        AccountId account = scenes().account();
        Task first = waiting(account);
        clock().advance(Duration.ofSeconds(3));
        Task second = waiting(account);
        waiting(account);
        scenes().start(first, 0);
        scenes().start(scenes().export(scenes().image(account, HANGZHOU)), 0);
        scenes().end(scenes().start(waiting(account), 1));
        assertThat(rows(t -> t.tasks().loads()))
                .containsExactlyInAnyOrder(
                        new Tasks.Load(
                                SHANGHAI,
                                Work.Action.CopyImage,
                                2,
                                1,
                                Optional.of(second.created())),
                        new Tasks.Load(HANGZHOU, Work.Action.ExportImage, 0, 1, Optional.empty()));
        assertThat(rows(t -> t.tasks().running(10))).hasSize(2);
        assertThat(rows(t -> t.tasks().running(1))).hasSize(1);
    }

    @Test
    default void endedTasksComeInTheOrderInWhichTheyEnded() {
        AccountId account = scenes().account();
        Task late = scenes().start(waiting(account), 0);
        Task early = scenes().start(waiting(account), 1);
        Task unstarted = waiting(account);
        Instant before = catalog().read(Tables::now);
        clock().advance(Duration.ofSeconds(1));
        Task first = scenes().end(early);
        clock().advance(Duration.ofSeconds(1));
        Instant between = catalog().read(Tables::now);
        Task second = scenes().end(late);
        clock().advance(Duration.ofSeconds(1));
        Task third = scenes().end(unstarted);
        assertThat(rows(t -> t.tasks().ended(before, 10))).containsExactly(first, second, third);
        assertThat(rows(t -> t.tasks().ended(between, 1))).containsExactly(second);
    }

    @Test
    default void runningTasksComeByTicket() {
        AccountId account = scenes().account();
        Task first = waiting(account);
        Task second = waiting(account);
        Task later = scenes().start(second, 0);
        Task sooner = scenes().start(first, 1);
        waiting(account);
        assertThat(rows(t -> t.tasks().running(SHANGHAI, Work.Action.CopyImage)))
                .containsExactly(sooner, later);
        assertThat(rows(t -> t.tasks().running(SHANGHAI, Work.Action.ImportImage))).isEmpty();
    }
}
