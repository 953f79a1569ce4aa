package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// How a task lies in its row.
final class TaskRows {
    private TaskRows() {}

    static Task task(ResultSet row) throws SQLException {
        Work.Action action = Work.Action.valueOf(row.getString("action"));
        return new Task(
                new TaskId(row.getString("id")),
                new AccountId(row.getString("account")),
                new RegionId(row.getString("region")),
                Columns.text(row, "image").map(ImageId::new),
                WorkJson.read(action, row.getString("work")),
                state(row),
                row.getLong("ticket"),
                Columns.instant(row, "created"),
                new Progress(
                        row.getLong("total"),
                        row.getLong("done"),
                        row.getLong("moved"),
                        row.getLong("stored")));
    }

    static Tasks.Load load(ResultSet row) throws SQLException {
        return new Tasks.Load(
                new RegionId(row.getString("region")),
                Work.Action.valueOf(row.getString("action")),
                row.getLong("waiting"),
                row.getLong("running"),
                Columns.maybeInstant(row, "oldest"));
    }

    private static TaskState state(ResultSet row) throws SQLException {
        return switch (Tasks.Status.valueOf(row.getString("status"))) {
            case Waiting -> new TaskState.Waiting();
            case Processing ->
                    new TaskState.Running(Columns.instant(row, "started"), row.getInt("slot"));
            case Finished -> new TaskState.Done(Columns.instant(row, "ended"));
            case Failed ->
                    new TaskState.Failed(Columns.instant(row, "ended"), row.getString("reason"));
            case Cancelled -> new TaskState.Cancelled(Columns.instant(row, "ended"));
        };
    }

    static Tasks.Status status(TaskState state) {
        return switch (state) {
            case TaskState.Waiting _ -> Tasks.Status.Waiting;
            case TaskState.Running _ -> Tasks.Status.Processing;
            case TaskState.Done _ -> Tasks.Status.Finished;
            case TaskState.Failed _ -> Tasks.Status.Failed;
            case TaskState.Cancelled _ -> Tasks.Status.Cancelled;
        };
    }

    static Optional<Integer> slot(TaskState state) {
        return running(state).map(TaskState.Running::slot);
    }

    static Optional<Instant> started(TaskState state) {
        return running(state).map(TaskState.Running::since);
    }

    private static Optional<TaskState.Running> running(TaskState state) {
        return state instanceof TaskState.Running running ? Optional.of(running) : Optional.empty();
    }

    static Optional<Instant> ended(TaskState state) {
        return state instanceof TaskState.Ended end ? Optional.of(end.at()) : Optional.empty();
    }

    static Optional<String> reason(TaskState state) {
        return state instanceof TaskState.Failed failed
                ? Optional.of(failed.reason())
                : Optional.empty();
    }

    /// The id of the image that must stay until the task ends, or of the snapshot that it copies. A
    /// verification holds none.
    static Optional<String> source(Task task) {
        return switch (task.work()) {
            case Work.CopyImage copy -> Optional.of(copy.source().value());
            case Work.CopySnapshot copy -> Optional.of(copy.source().value());
            case Work.ExportImage _ -> task.image().map(ImageId::value);
            case Work.ImportImage _, Work.VerifyImages _ -> Optional.empty();
        };
    }
}
