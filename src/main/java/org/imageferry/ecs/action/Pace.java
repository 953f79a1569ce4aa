package org.imageferry.ecs.action;

import java.time.Duration;
import java.time.Instant;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;

/// How far a task is, and how long it may still take at its pace so far.
///
/// @param percent 0 to 100; 100 only when it is done
/// @param remainingSeconds 0 when that is not known, or nothing remains
record Pace(int percent, int remainingSeconds) {
    static Pace of(Task task, Instant now) {
        Progress progress = task.progress();
        return switch (task.state()) {
            case TaskState.Waiting _ -> new Pace(0, 0);
            case TaskState.Running running ->
                    new Pace(progress.percent(), remaining(progress, running.since(), now));
            case TaskState.Done _ -> new Pace(100, 0);
            case TaskState.Failed _, TaskState.Cancelled _ -> new Pace(progress.percent(), 0);
        };
    }

    private static int remaining(Progress progress, Instant since, Instant now) {
        double seconds = Duration.between(since, now).toMillis() / 1000.0;
        if (progress.done() <= 0 || seconds <= 0) {
            return 0;
        }
        double rest = Math.max(0, progress.total() - progress.done());
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(rest * seconds / progress.done()));
    }

    String text() {
        return percent + "%";
    }
}
