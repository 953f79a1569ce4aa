package org.imageferry.copy;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;

/// How tasks end without success, and what of them goes with that. Always inside a transaction that has
/// found the task open: that makes an end the only one.
final class Endings {
    private Endings() {}

    /// Nothing of a cancelled copy or import is left: no image, no snapshot, no name. Its bytes are the
    /// collector's.
    static void cancel(Tables tables, Task task) {
        tables.tasks().update(task.end(new TaskState.Cancelled(tables.now())));
        Brought brought = Brought.by(tables, task);
        brought.image().ifPresent(image -> tables.images().delete(image.id()));
        brought.deleteSnapshots(tables);
    }

    /// Of a failed copy or import only the image's row is left, with the reason; its name is free. Of a
    /// snapshot's copy only the task tells.
    static void fail(Tables tables, Task task, String reason) {
        tables.tasks().update(task.end(new TaskState.Failed(tables.now(), reason)));
        Brought brought = Brought.by(tables, task);
        brought.become(tables, new ImageState.CreateFailed(reason));
        brought.deleteSnapshots(tables);
    }
}
