package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tasks;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells of one image what DescribeImages has no field for: where it came from, how its task went, what
/// its disks consist of, and which copies were made of it.
final class DescribeImageDetail implements Action {
    private static final int MOST_TASKS = 1_000;

    private final Catalog catalog;
    private final RegionMap regions;

    DescribeImageDetail(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeImageDetail";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        ImageId id = Asked.image(request.parameters());
        return new Prepared(
                Touched.image(region, id), () -> read(request.caller().account(), region, id));
    }

    private ObjectNode read(AccountId account, RegionId region, ImageId id) {
        return catalog.read(tables ->
                tables.images()
                        .find(id)
                        .filter(it -> it.account().equals(account))
                        .filter(it -> it.region().equals(region))
                        .map(image -> tree(tables, image))
                        .orElseThrow(() -> new RefusedException(new Refusal.UnknownImage(id))));
    }

    private static ObjectNode tree(Tables tables, Image image) {
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", image.region().value());
        ImageTree.write(tree, tables, image);
        writeOrigin(tree.putObject("Origin"), image.origin());
        ObjectNode task = tree.putObject("Task");
        tables.tasks().bringing(image.id()).ifPresent(it -> write(task, it));
        ArrayNode disks = Trees.list(tree, "Disks", "Disk");
        image.disks().forEach(disk -> write(disks.addObject(), tables, disk));
        writeCopies(Trees.list(tree, "Copies", "Copy"), tables, image);
        return tree;
    }

    private static void writeOrigin(ObjectNode tree, Origin origin) {
        switch (origin) {
            case Origin.Imported _, Origin.Created _ ->
                    tree.put("SourceImageId", "").put("SourceRegionId", "");
            case Origin.Copied it ->
                    tree.put("SourceImageId", it.source().value())
                            .put("SourceRegionId", it.sourceRegion().value());
        }
    }

    private static void write(ObjectNode tree, Task task) {
        tree.put("TaskId", task.id().value());
        tree.put("Status", TaskWords.status(task.state()));
        tree.put("Reason", TaskWords.reason(task));
        DescribeQueue.writeBytes(tree, task.progress());
        tree.put("CreationTime", Times.milliseconds(task.created()));
        tree.put("StartTime", DescribeQueue.startTime(task));
        tree.put(
                "EndTime",
                task.state() instanceof TaskState.Ended end ? Times.milliseconds(end.at()) : "");
    }

    private static void write(ObjectNode tree, Tables tables, Disk disk) {
        Optional<Snapshot> snapshot = tables.snapshots().find(disk.snapshot());
        Optional<Digest> digest = snapshot.flatMap(Snapshot::digest);
        List<Parts.Numbered> parts = tables.parts().of(disk.snapshot());
        tree.put("SnapshotId", disk.snapshot().value());
        tree.put("Bytes", disk.bytes());
        tree.put("Digest", digest.map(Digest::toString).orElse(""));
        tree.put("Damage", snapshot.flatMap(Snapshot::damage).orElse(""));
        tree.put("Parts", parts.size());
        tree.put("ContentBytes", parts.stream().mapToLong(it -> it.part().contentBytes()).sum());
    }

    /// Of the account's newest thousand copies those that were made of this image and are still there.
    private static void writeCopies(ArrayNode copies, Tables tables, Image image) {
        Tasks.Query query =
                new Tasks.Query(
                        image.account(),
                        Optional.empty(),
                        Set.of(),
                        Set.of(Work.Action.CopyImage),
                        Set.of(),
                        Set.of(),
                        Optional.of(image.created()),
                        Optional.empty());
        for (Task task : tables.tasks().list(query, 0, MOST_TASKS).items()) {
            if (task.work() instanceof Work.CopyImage work && work.source().equals(image.id())) {
                tables.images()
                        .find(task.itsImage())
                        .ifPresent(copy -> write(copies.addObject(), copy));
            }
        }
    }

    private static void write(ObjectNode tree, Image copy) {
        tree.put("ImageId", copy.id().value());
        tree.put("RegionId", copy.region().value());
        tree.put("Status", ImageTree.status(copy.state()).name());
    }
}
