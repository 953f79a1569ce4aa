package org.imageferry.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;

/// Watches tasks from their first step to their last: they move forward only, and an end is for good.
final class TaskWatch {
    private static final int MOST_OPEN = 1_000;

    private final Collection<RegionId> regions;
    private final Known known;
    private final QueueWatch queues;
    private final EventWatch events = new EventWatch();
    private Map<TaskId, Task> open = new LinkedHashMap<>();
    private final Map<TaskId, Task> ended = new LinkedHashMap<>();

    TaskWatch(Collection<RegionId> regions, Known known, QueueWatch queues) {
        this.regions = regions;
        this.known = known;
        this.queues = queues;
    }

    /// @return tasks that have ended since the last look
    List<Task> look(Tables tables) {
        Map<TaskId, Task> now = new LinkedHashMap<>();
        for (RegionId region : regions) {
            tables.tasks().queue(region, MOST_OPEN).forEach(task -> now.put(task.id(), task));
        }
        List<Task> ends = new ArrayList<>();
        for (Task before : open.values()) {
            Task after =
                    Optional.ofNullable(now.get(before.id())).orElseGet(() -> find(tables, before));
            requireForward(before, after);
            if (!after.open()) {
                requireAllCounted(after);
                ends.add(after);
                ended.put(after.id(), after);
            } else if (before.state() instanceof TaskState.Waiting
                    && after.state() instanceof TaskState.Running) {
                queues.started(after, open.values());
            }
        }
        now.values().stream()
                .filter(task -> !open.containsKey(task.id()))
                .forEach(task -> enter(tables, task));
        queues.limits(now.values());
        events.look(tables, ends);
        open = now;
        return ends;
    }

    private void enter(Tables tables, Task task) {
        Rules.P3.require(!ended.containsKey(task.id()), () -> task + " is open again");
        known.learn(tables, task);
    }

    private static Task find(Tables tables, Task before) {
        return tables.tasks()
                .find(before.id())
                .orElseThrow(() -> Rules.P5.broken("gone without an end: " + before));
    }

    private static void requireForward(Task before, Task after) {
        boolean back =
                before.state() instanceof TaskState.Running
                        && after.open()
                        && !after.state().equals(before.state());
        Rules.P3.require(!back, () -> "from " + before + " to " + after);
        Progress was = before.progress();
        Progress is = after.progress();
        Rules.P3.require(
                is.done() >= was.done() && is.moved() >= was.moved() && is.stored() >= was.stored(),
                () -> "progress went back from " + was + " to " + after);
        Rules.P3.require(
                is.total() == 0 || is.done() <= is.total(),
                () -> "more is done than there is: " + after);
    }

    private static void requireAllCounted(Task end) {
        Progress progress = end.progress();
        Rules.P3.require(
                !(end.state() instanceof TaskState.Done)
                        || !end.work().action().brings()
                        || progress.done() == progress.total(),
                () -> "the parts do not add up to the whole: " + end);
    }

    /// What has ended is as it was when it ended.
    void checkEnded(Tables tables) {
        for (Task end : ended.values()) {
            tables.tasks()
                    .find(end.id())
                    .ifPresent(now ->
                            Rules.P3.require(
                                    now.equals(end),
                                    () -> "after its end " + end + " became " + now));
        }
    }

    Collection<Task> open() {
        return open.values();
    }

    Collection<Task> ended() {
        return ended.values();
    }
}
