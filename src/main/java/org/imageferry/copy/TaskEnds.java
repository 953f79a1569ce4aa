package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.blocks.DiskDigest;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the workers end tasks.
final class TaskEnds {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEnds.class);
    private static final Records RECORDS = new Records();

    private TaskEnds() {}

    /// Makes the image `Available` if no part of it is left to do.
    static void finishIfWhole(Tables tables, TaskId id) {
        Optional<Task> task = running(tables, id);
        if (task.isEmpty() || tables.claims().undone(id) > 0) {
            return;
        }
        Image image = tables.images().find(task.get().itsImage()).orElseThrow();
        for (Disk disk : image.disks()) {
            Snapshot whole = whole(tables, disk);
            tables.snapshots().update(whole);
            RECORDS.changed(tables, whole);
        }
        Image available = image.with(new ImageState.Available());
        tables.images().update(available);
        RECORDS.changed(tables, available);
        done(tables, task.get());
    }

    private static Snapshot whole(Tables tables, Disk disk) {
        Snapshot snapshot = tables.snapshots().find(disk.snapshot()).orElseThrow();
        List<Digest> parts =
                tables.parts().of(disk.snapshot()).stream()
                        .map(Parts.Numbered::part)
                        .map(Parts.Part::digest)
                        .toList();
        Snapshot whole = snapshot.with(DiskDigest.of(disk.bytes(), parts));
        snapshot.source()
                .flatMap(source -> tables.snapshots().find(source.snapshot()))
                .filter(source -> !source.digest().equals(whole.digest()))
                .ifPresent(source -> {
                    throw new IllegalStateException(
                            "snapshot "
                                    + whole.id()
                                    + " is not equal to its source "
                                    + source.id());
                });
        return whole;
    }

    /// As the log shows it.
    static String image(Task task) {
        return task.image().map(ImageId::value).orElse("");
    }

    static void done(Tables tables, Task task) {
        tables.tasks().update(task.end(new TaskState.Done(tables.now())));
        LOG.atInfo()
                .addKeyValue("task", task.id())
                .addKeyValue("action", task.work().action())
                .addKeyValue("image", image(task))
                .addKeyValue("region", task.region())
                .log("task done");
    }

    /// Ends the task as failed, unless it ended meanwhile.
    static void fail(Workshop shop, TaskId id, String reason) {
        shop.catalog()
                .write(tables -> {
                    open(tables, id).ifPresent(task -> fail(tables, task, reason));
                    return id;
                });
        shop.wake().run();
    }

    static void fail(Tables tables, Task task, String reason) {
        Endings.fail(tables, task, reason);
        LOG.atWarn()
                .addKeyValue("task", task.id())
                .addKeyValue("action", task.work().action())
                .addKeyValue("image", image(task))
                .addKeyValue("region", task.region())
                .addKeyValue("reason", reason)
                .log("task failed");
    }

    static Optional<Task> running(Tables tables, TaskId id) {
        return tables.tasks().find(id).filter(task -> task.state() instanceof TaskState.Running);
    }

    private static Optional<Task> open(Tables tables, TaskId id) {
        return tables.tasks().find(id).filter(Task::open);
    }
}
