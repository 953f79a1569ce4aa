package org.imageferry.ecs.action;

import org.imageferry.catalog.Tasks;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// What the API says of tasks, beside its four documented words.
///
/// `Finished`, `Processing` and `Failed` are DescribeTasks' own; `Waiting` and `Deleted` are the words
/// by which clients of it know a queued task (they go on asking) and a cancelled one (they give up).
final class TaskWords {
    private TaskWords() {}

    static String status(TaskState state) {
        return switch (state) {
            case TaskState.Waiting _ -> "Waiting";
            case TaskState.Running _ -> "Processing";
            case TaskState.Done _ -> "Finished";
            case TaskState.Failed _ -> "Failed";
            case TaskState.Cancelled _ -> "Deleted";
        };
    }

    static String status(Tasks.Status status) {
        return status == Tasks.Status.Cancelled ? "Deleted" : status.name();
    }

    /// Whether CancelTask ends it: a copy of an image has CancelCopyImage.
    static boolean cancellable(Task task) {
        return task.open() && !(task.work() instanceof Work.CopyImage);
    }

    static String finished(Task task) {
        return task.state() instanceof TaskState.Ended end ? Times.seconds(end.at()) : "";
    }

    /// Empty for a task without an image.
    static String image(Task task) {
        return task.image().map(ImageId::value).orElse("");
    }

    static String reason(Task task) {
        return task.state() instanceof TaskState.Failed failed ? failed.reason() : "";
    }
}
