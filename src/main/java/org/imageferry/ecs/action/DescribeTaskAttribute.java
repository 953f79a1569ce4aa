package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.ImageExports;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells how one task of the caller's goes. Source: ECS API 2014-05-26, DescribeTaskAttribute.
final class DescribeTaskAttribute implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeTaskAttribute(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeTaskAttribute";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        TaskId id = Asked.task(request.parameters());
        AccountId account = request.caller().account();
        return new Prepared(Touched.tasks(region), () -> read(account, region, id));
    }

    private ObjectNode read(AccountId account, RegionId region, TaskId id) {
        return catalog.read(tables -> {
            Task task =
                    tables.tasks()
                            .find(id)
                            .filter(it -> it.account().equals(account))
                            .orElseThrow(() -> new RefusedException(new Refusal.UnknownTask(id)));
            return tree(tables, task).put("RegionId", region.value());
        });
    }

    private static ObjectNode tree(Tables tables, Task task) {
        boolean done = task.state() instanceof TaskState.Done;
        ObjectNode tree = Trees.tree();
        tree.put("TaskId", task.id().value());
        tree.put("TaskAction", task.work().action().name());
        tree.put("TaskStatus", TaskWords.status(task.state()));
        tree.put("TaskProcess", Pace.of(task, tables.now()).text());
        tree.put("SupportCancel", Boolean.toString(TaskWords.cancellable(task)));
        tree.put("TotalCount", 1);
        tree.put("SuccessCount", done ? 1 : 0);
        tree.put("FailedCount", task.state() instanceof TaskState.Failed ? 1 : 0);
        tree.put("CreationTime", Times.seconds(task.created()));
        tree.put("FinishedTime", TaskWords.finished(task));
        writeOperations(
                Trees.list(tree, "OperationProgressSet", "OperationProgress"), tables, task);
        return tree;
    }

    /// One for each object of an export; one with the image or the snapshot for all else.
    private static void writeOperations(ArrayNode operations, Tables tables, Task task) {
        if (!(task.work() instanceof Work.ExportImage export)) {
            item(
                    operation(operations, task),
                    task.snapshot().isPresent() ? "SnapshotId" : "ImageId",
                    task.resource());
            return;
        }
        // the image may be gone since; its system disk at least was exported
        int disks =
                task.image().flatMap(tables.images()::find).map(it -> it.disks().size()).orElse(1);
        for (int disk = 0; disk < disks; disk++) {
            ArrayNode items = operation(operations, task);
            item(items, "OSSBucket", export.bucket().value());
            item(items, "OSSObject", ImageExports.object(task, export, disk).value());
            item(items, "ImageFormat", export.format().title());
        }
    }

    private static ArrayNode operation(ArrayNode operations, Task task) {
        String reason = TaskWords.reason(task);
        ObjectNode operation = operations.addObject();
        operation.put("OperationStatus", status(task.state()));
        operation.put("ErrorCode", reason.isEmpty() ? "" : task.work().action() + "Failed");
        operation.put("ErrorMsg", reason);
        return Trees.list(operation, "RelatedItemSet", "RelatedItem");
    }

    private static String status(TaskState state) {
        return state instanceof TaskState.Done ? "Success" : TaskWords.status(state);
    }

    private static void item(ArrayNode items, String name, String value) {
        items.addObject().put("Name", name).put("Value", value);
    }

    @Override
    public EcsError error(Refusal refusal) {
        return Asked.taskError(refusal);
    }
}
