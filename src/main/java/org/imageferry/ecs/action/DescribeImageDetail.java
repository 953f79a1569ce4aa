package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.Visible;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Origin;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells of one image what DescribeImages has no field for: where it came from, how its task went, what
/// its disks consist of, what they hold in the region's store, and which copies were made of it. Of
/// another's image the caller learns none of that but its own copies.
///
/// All is read from the catalog; the store is not asked. `Storage` weighs stored objects as they are:
/// compressed, each once, and whole, also where the image needs one block of it, for that is how they
/// are kept and freed. See [Parts#stored].
final class DescribeImageDetail implements Action {
    private static final int MOST_COPIES = 1_000;

    /// How often an image's parts may need objects for these to be weighed: 1.5 TiB that can't be
    /// compressed, and more of what can. It bounds how long the answer takes.
    private static final int MOST_WEIGHED = 100_000;

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
        return catalog.read(
                tables -> tree(tables, account, Visible.image(tables, account, region, id)));
    }

    private static ObjectNode tree(Tables tables, AccountId account, Image image) {
        boolean own = image.account().equals(account);
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", image.region().value());
        ImageTree.write(tree, tables, account, image);
        writeOrigin(tree.putObject("Origin"), own ? image.origin() : new Origin.Created());
        ObjectNode task = tree.putObject("Task");
        tables.tasks().bringing(image.id()).filter(_ -> own).ifPresent(it -> write(task, it));
        ArrayNode disks = Trees.list(tree, "Disks", "Disk");
        image.disks().stream()
                .filter(_ -> own)
                .forEach(disk -> write(disks.addObject(), tables, disk));
        ObjectNode storage = tree.putObject("Storage");
        if (own) {
            write(storage, tables, image);
        }
        ArrayNode copies = Trees.list(tree, "Copies", "Copy");
        tables.images()
                .copiesOf(image.id(), account, MOST_COPIES)
                .forEach(copy -> write(copies.addObject(), copy));
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
        TaskTree.writeBytes(tree, task.progress());
        tree.put("CreationTime", Times.milliseconds(task.created()));
        tree.put("StartTime", TaskTree.startTime(task));
        tree.put("EndTime", TaskTree.endTime(task));
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

    private static void write(ObjectNode tree, Tables tables, Image image) {
        tree.put("Bytes", image.bytes());
        tree.put(
                "ContentBytes",
                image.disks().stream()
                        .flatMap(disk -> tables.parts().of(disk.snapshot()).stream())
                        .mapToLong(it -> it.part().contentBytes())
                        .sum());
        tables.parts()
                .stored(image.id(), MOST_WEIGHED)
                .ifPresent(it ->
                        tree.put("StoredBytes", it.bytes())
                                .put("SharedBytes", it.sharedBytes())
                                .put("OwnBytes", it.ownBytes()));
    }

    private static void write(ObjectNode tree, Image copy) {
        tree.put("ImageId", copy.id().value());
        tree.put("RegionId", copy.region().value());
        tree.put("Status", ImageTree.status(copy.state()).name());
    }
}
