package org.imageferry.copy;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// How tasks end without success, and what of them goes with that. Always inside a transaction that has
/// found the task open: that makes an end the only one.
final class Endings {
    private Endings() {}

    /// Nothing of a cancelled copy or import is left: no image, no snapshot, no name. Its bytes are the
    /// collector's.
    static void cancel(Tables tables, Task task) {
        tables.tasks().update(task.end(new TaskState.Cancelled(tables.now())));
        if (brings(task)) {
            Image image = tables.images().find(task.itsImage()).orElseThrow();
            tables.images().delete(image.id());
            deleteSnapshots(tables, image);
        }
    }

    /// Of a failed copy or import only the image's row is left, with the reason; its name is free.
    static void fail(Tables tables, Task task, String reason) {
        tables.tasks().update(task.end(new TaskState.Failed(tables.now(), reason)));
        if (brings(task)) {
            Image image = tables.images().find(task.itsImage()).orElseThrow();
            tables.images().update(image.with(new ImageState.CreateFailed(reason)));
            deleteSnapshots(tables, image);
        }
    }

    private static void deleteSnapshots(Tables tables, Image image) {
        for (Disk disk : image.disks()) {
            tables.snapshots().delete(disk.snapshot());
        }
    }

    /// Whether the task brings an image, part by part.
    static boolean brings(Task task) {
        return task.work() instanceof Work.CopyImage || task.work() instanceof Work.ImportImage;
    }
}
