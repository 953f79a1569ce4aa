package org.imageferry.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;

/// Tells [TaskMeters] what became of tasks since it looked last, each end once.
///
/// Ends are found by their time, and a transaction may become visible some time after that: so it looks a while
/// back, too, and knows what it has told of that while.
final class TaskWatch {
    /// More than any transaction takes.
    private static final Duration LATE = Duration.ofMinutes(1);

    /// As many as one look takes; the next goes on from there.
    static final int MOST_ENDS = 5_000;

    /// More than there are slots in all regions.
    private static final int MOST_RUNNING = 50_000;

    private final TaskMeters meters;

    /// How far each running task was when it was looked at last.
    private final Map<TaskId, Progress> known = new HashMap<>();

    /// Of the ends that may be found again, those that were told.
    private final Map<TaskId, Instant> told = new HashMap<>();

    private Instant upTo;

    /// @param beginning how all was when the watch began; of that nothing is told
    TaskWatch(TaskMeters meters, Look beginning) {
        this.meters = meters;
        this.upTo = beginning.now();
        beginning.ended().forEach(task -> told.put(task.id(), beginning.now()));
        beginning.running().forEach(task -> known.put(task.id(), task.progress()));
    }

    /// The catalog as one transaction sees it.
    record Look(Instant now, List<Tasks.Load> loads, List<Task> running, List<Task> ended) {
        /// The first look, of which only the end of the past counts.
        static Look first(Tables tables) {
            return from(tables, tables.now().minus(LATE));
        }

        private static Look from(Tables tables, Instant from) {
            return new Look(
                    tables.now(),
                    tables.tasks().loads(),
                    tables.tasks().running(MOST_RUNNING),
                    tables.tasks().ended(from, MOST_ENDS));
        }
    }

    Look look(Tables tables) {
        return Look.from(tables, upTo.minus(LATE));
    }

    void tell(Look look) {
        meters.queues(look.loads(), look.now());
        for (Task task : look.ended()) {
            if (told.putIfAbsent(task.id(), look.now()) == null) {
                progress(task);
                meters.ended(task);
            }
        }
        look.running().forEach(this::progress);
        forget(look);
        upTo = look.ended().size() == MOST_ENDS ? goOnFrom(look) : look.now();
    }

    private void progress(Task task) {
        Progress before = known.getOrDefault(task.id(), Progress.NONE);
        Progress now = task.progress();
        meters.progressed(
                task,
                new Progress(
                        0,
                        now.done() - before.done(),
                        now.moved() - before.moved(),
                        now.stored() - before.stored()));
        known.put(task.id(), now);
    }

    private void forget(Look look) {
        Set<TaskId> running = look.running().stream().map(Task::id).collect(Collectors.toSet());
        known.keySet().removeIf(id -> !running.contains(id));
        Set<TaskId> found = look.ended().stream().map(Task::id).collect(Collectors.toSet());
        told.keySet().removeIf(id -> !found.contains(id));
    }

    /// There are more ends than were read: those that were must not be read again and again.
    private static Instant goOnFrom(Look look) {
        return look.ended().getLast().state() instanceof TaskState.Ended end
                ? end.at().plus(LATE)
                : look.now();
    }
}
