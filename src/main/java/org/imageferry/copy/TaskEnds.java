package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.blocks.DiskDigest;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.records.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the workers end tasks.
final class TaskEnds {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEnds.class);
    private static final Records RECORDS = new Records();

    private TaskEnds() {}

    /// Makes what the task brings whole, and its image `Available`, if no part is left to do. If a part
    /// was damaged since it came, the image is `UnAvailable` until that is healed.
    static void finishIfWhole(Tables tables, TaskId id) {
        Optional<Task> task = running(tables, id);
        if (task.isEmpty() || !tables.claims().allDone(id)) {
            return;
        }
        Brought brought = Brought.by(tables, task.get());
        for (SnapshotId snapshot : brought.snapshots()) {
            Snapshot whole = whole(tables, snapshot);
            tables.snapshots().update(whole);
            RECORDS.changed(tables, whole);
        }
        brought.image()
                .map(image -> image.with(ended(tables, image)))
                .ifPresent(image -> {
                    tables.images().update(image);
                    RECORDS.changed(tables, image);
                });
        done(tables, task.get());
    }

    /// Parts may have been damaged since they came.
    private static ImageState ended(Tables tables, Image image) {
        return DamageNotes.isDamaged(tables, image)
                ? new ImageState.UnAvailable(false)
                : new ImageState.Available();
    }

    private static Snapshot whole(Tables tables, SnapshotId id) {
        Snapshot snapshot = tables.snapshots().find(id).orElseThrow();
        List<Digest> parts =
                tables.parts().of(id).stream()
                        .map(Parts.Numbered::part)
                        .map(Parts.Part::digest)
                        .toList();
        Snapshot sound = snapshot.with(DiskDigest.of(snapshot.bytes(), parts));
        Optional<String> damage = tables.damage().of(id);
        Snapshot whole = damage.isPresent() ? sound.withDamage(damage) : sound;
        snapshot.source()
                .flatMap(source -> tables.snapshots().find(source.snapshot()))
                .filter(source -> comparable(source, whole))
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

    /// Names of different keys have nothing in common. That the contents are equal was seen part by
    /// part, when they were copied.
    private static boolean comparable(Snapshot source, Snapshot copy) {
        return (source.key().isEmpty() && copy.key().isEmpty())
                || source.scope().equals(copy.scope());
    }

    static void done(Tables tables, Task task) {
        tables.tasks().update(task.end(new TaskState.Done(tables.now())));
        LOG.atInfo()
                .addKeyValue("task", task.id())
                .addKeyValue("action", task.work().action())
                .addKeyValue("resource", task.resource())
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
    }

    static void fail(Tables tables, Task task, String reason) {
        Endings.fail(tables, task, reason);
        LOG.atWarn()
                .addKeyValue("task", task.id())
                .addKeyValue("action", task.work().action())
                .addKeyValue("resource", task.resource())
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
