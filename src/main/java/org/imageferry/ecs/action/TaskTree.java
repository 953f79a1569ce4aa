package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Image;
import org.imageferry.domain.Progress;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import tools.jackson.databind.node.ObjectNode;

/// Writes a task as our own actions show it.
final class TaskTree {
    private TaskTree() {}

    /// @return `tree`
    static ObjectNode write(ObjectNode tree, Tables tables, Task task) {
        Optional<Image> image = task.image().flatMap(tables.images()::find);
        tree.put("TaskId", task.id().value());
        tree.put("TaskAction", task.work().action().name());
        tree.put("Status", TaskWords.status(task.state()));
        tree.put("ImageId", TaskWords.image(task));
        tree.put("ImageName", image.map(it -> it.name().value()).orElse(""));
        tree.put("SnapshotId", task.snapshot().map(SnapshotId::value).orElse(""));
        writeSource(tree, task.work());
        Pace pace = Pace.of(task, tables.now());
        tree.put("Progress", pace.text());
        tree.put("RemainTime", pace.remainingSeconds());
        writeBytes(tree, task.progress());
        tree.put("UnfinishedBytes", task.open() ? tables.claims().unfinishedBytes(task.id()) : 0);
        tree.put("CreationTime", Times.milliseconds(task.created()));
        tree.put("StartTime", startTime(task));
        return tree;
    }

    private static void writeSource(ObjectNode tree, Work work) {
        tree.put("SourceImageId", work instanceof Work.CopyImage copy ? copy.source().value() : "");
        tree.put(
                "SourceSnapshotId",
                work instanceof Work.CopySnapshot copy ? copy.source().value() : "");
        tree.put(
                "SourceRegionId",
                switch (work) {
                    case Work.CopyImage copy -> copy.sourceRegion().value();
                    case Work.CopySnapshot copy -> copy.sourceRegion().value();
                    case Work.ImportImage _, Work.ExportImage _, Work.VerifyImages _ -> "";
                });
    }

    static String startTime(Task task) {
        return task.state() instanceof TaskState.Running running
                ? Times.milliseconds(running.since())
                : "";
    }

    static String endTime(Task task) {
        return task.state() instanceof TaskState.Ended end ? Times.milliseconds(end.at()) : "";
    }

    static void writeBytes(ObjectNode tree, Progress progress) {
        tree.put("TotalBytes", progress.total());
        tree.put("DoneBytes", progress.done());
        tree.put("MovedBytes", progress.moved());
        tree.put("StoredBytes", progress.stored());
    }
}
