package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Tags;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A snapshot as answers show it. Source: ECS API 2014-05-26, DescribeSnapshots, "Response parameters".
final class SnapshotTree {
    private static final long GIB = 1L << 30;

    private SnapshotTree() {}

    static void write(ObjectNode tree, Tables tables, Snapshot snapshot) {
        Optional<Disk> disk = tables.images().disk(snapshot.id());
        tree.put("SnapshotId", snapshot.id().value());
        tree.put("SnapshotName", snapshot.name());
        tree.put("Description", snapshot.attributes().description().value());
        tree.put("RegionId", snapshot.region().value());
        writeState(tree, tables, snapshot);
        tree.put("SnapshotType", "user");
        tree.put("Usage", disk.isPresent() ? "image" : "none");
        writeSource(tree, snapshot, disk);
        tree.put("Encrypted", snapshot.key().isPresent());
        tree.put("KMSKeyId", snapshot.key().map(key -> key.key().value()).orElse(""));
        tree.put("Category", "standard");
        tree.put("InstantAccess", false);
        tree.put("ProductCode", "");
        snapshot.attributes().retentionDays().ifPresent(days -> tree.put("RetentionDays", days));
        tree.put("ResourceGroupId", snapshot.attributes().group().value());
        tree.put("CreationTime", Times.seconds(snapshot.created()));
        tree.put("LastModifiedTime", Times.seconds(snapshot.created()));
        writeTags(Trees.list(tree, "Tags", "Tag"), snapshot.attributes().tags());
    }

    /// `Available`: whether images and copies may be made of it. A damaged one is whole, but is no use.
    private static void writeState(ObjectNode tree, Tables tables, Snapshot snapshot) {
        Pace pace = pace(tables, snapshot);
        tree.put("Status", snapshot.accomplished() ? "accomplished" : "progressing");
        tree.put("Available", snapshot.sound());
        tree.put("Progress", pace.text());
        tree.put("RemainTime", pace.remainingSeconds());
    }

    private static Pace pace(Tables tables, Snapshot snapshot) {
        if (snapshot.accomplished()) {
            return new Pace(100, 0);
        }
        return tables.tasks()
                .bringing(snapshot.id())
                .map(task -> Pace.of(task, tables.now()))
                .orElse(new Pace(0, 0));
    }

    private static void writeSource(ObjectNode tree, Snapshot snapshot, Optional<Disk> disk) {
        tree.put("SourceDiskId", "");
        tree.put("SourceDiskSize", Long.toString((snapshot.bytes() + GIB - 1) / GIB));
        tree.put("SourceDiskType", disk.map(Disk::type).orElse(""));
        tree.put("SourceStorageType", "disk");
        tree.put("SourceSnapshotId", snapshot.source().map(it -> it.snapshot().value()).orElse(""));
        tree.put("SourceRegionId", snapshot.source().map(it -> it.region().value()).orElse(""));
    }

    private static void writeTags(ArrayNode list, Tags tags) {
        tags.all()
                .forEach(
                        (key, value) -> list.addObject().put("TagKey", key).put("TagValue", value));
    }
}
