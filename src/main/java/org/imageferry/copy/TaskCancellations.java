package org.imageferry.copy;

import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// Takes requests to end tasks early. A copy of an image has a request of its own.
public final class TaskCancellations {
    private final Changes changes;

    public TaskCancellations(Changes changes) {
        this.changes = changes;
    }

    /// @throws RefusedException `UnknownTask`, `TaskNotCancellable` for a copy of an image, `TaskEnded`
    public void cancel(Caller caller, TaskId id) {
        changes.make(
                caller,
                tables -> {
                    Task task = Owned.task(tables, caller.account(), id);
                    if (task.work() instanceof Work.CopyImage) {
                        throw new RefusedException(new Refusal.TaskNotCancellable(id));
                    }
                    if (task.state() instanceof TaskState.Ended end) {
                        throw new RefusedException(new Refusal.TaskEnded(id, end));
                    }
                    Endings.cancel(tables, task);
                    return id;
                });
    }
}
