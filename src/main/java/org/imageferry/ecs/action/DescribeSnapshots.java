package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the caller's snapshots in a region. Source: ECS API 2014-05-26, DescribeSnapshots.
///
/// Filters that the catalog has no index for are compared with the newest thousand only.
final class DescribeSnapshots implements Action {
    private static final int MOST_COMPARED = 1_000;
    private static final int MOST_OFFSET = 1_000_000_000;
    private static final long GIB = 1L << 30;

    private final Catalog catalog;
    private final RegionMap regions;

    DescribeSnapshots(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeSnapshots";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        Optional<SnapshotFilter.Filter> filter =
                SnapshotFilter.of(request.parameters(), request.caller().account(), region);
        Stretch stretch = Stretch.of(request.parameters());
        if (request.parameters().is("DryRun")) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        return new Prepared(Touched.snapshots(region), () -> list(filter, stretch));
    }

    private ObjectNode list(Optional<SnapshotFilter.Filter> filter, Stretch stretch) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Snapshots", "Snapshot");
        int total = catalog.read(tables -> write(list, tables, filter, stretch));
        stretch.write(tree, total);
        return tree;
    }

    /// Pages are counted, or followed by their tokens, which are offsets.
    private record Stretch(Paging paging, boolean byToken, int offset, int limit) {
        static Stretch of(Parameters parameters) {
            Paging paging = Paging.of(parameters);
            boolean byToken =
                    parameters.find("NextToken").isPresent()
                            || parameters.find("MaxResults").isPresent();
            return byToken
                    ? new Stretch(
                            paging,
                            true,
                            (int) parameters.number("NextToken", 0, MOST_OFFSET, 0),
                            (int) parameters.number("MaxResults", 1, 100, 10))
                    : new Stretch(paging, false, paging.offset(), paging.size());
        }

        void write(ObjectNode tree, int total) {
            paging.write(tree, total);
            boolean more = byToken && offset + limit < total;
            tree.put("NextToken", more ? Integer.toString(offset + limit) : "");
        }
    }

    private static int write(
            ArrayNode list,
            Tables tables,
            Optional<SnapshotFilter.Filter> filter,
            Stretch stretch) {
        list.removeAll(); // a read may be run again
        if (filter.isEmpty()) {
            return 0;
        }
        Page<Shown> page = page(tables, filter.get(), stretch);
        page.items().forEach(shown -> write(list.addObject(), tables, shown));
        return page.total();
    }

    /// A snapshot and the image that is made of it, if there still is one.
    private record Shown(Snapshot snapshot, Optional<Image> image) {
        String diskType() {
            return image.stream()
                    .flatMap(it -> it.disks().stream())
                    .filter(disk -> disk.snapshot().equals(snapshot.id()))
                    .map(Disk::type)
                    .findFirst()
                    .orElse("");
        }

        boolean matches(SnapshotFilter.Filter filter) {
            return filter.diskType().map(diskType()::equals).orElse(true)
                    && filter.createdFrom().map(it -> !snapshot.created().isBefore(it)).orElse(true)
                    && filter.createdTo().map(it -> !snapshot.created().isAfter(it)).orElse(true);
        }
    }

    private static Page<Shown> page(Tables tables, SnapshotFilter.Filter filter, Stretch stretch) {
        if (!filter.comparesEach()) {
            Page<Snapshot> page =
                    tables.snapshots().list(filter.query(), stretch.offset(), stretch.limit());
            return new Page<>(shown(tables, page.items()), page.total());
        }
        Page<Snapshot> newest = tables.snapshots().list(filter.query(), 0, MOST_COMPARED);
        List<Shown> matching = new ArrayList<>(shown(tables, newest.items()));
        matching.removeIf(it -> !it.matches(filter));
        int from = Math.min(stretch.offset(), matching.size());
        int to = Math.min(from + stretch.limit(), matching.size());
        return new Page<>(matching.subList(from, to), matching.size());
    }

    private static List<Shown> shown(Tables tables, List<Snapshot> snapshots) {
        return snapshots.stream().map(it -> new Shown(it, imageOf(tables, it))).toList();
    }

    private static Optional<Image> imageOf(Tables tables, Snapshot snapshot) {
        Images.Query query =
                Images.Query.own(snapshot.account(), snapshot.region())
                        .with(Images.Traits.snapshot(snapshot.id()));
        return tables.images().list(query, 0, 1).items().stream().findFirst();
    }

    private static void write(ObjectNode tree, Tables tables, Shown shown) {
        Snapshot snapshot = shown.snapshot();
        Pace pace = pace(tables, shown);
        tree.put("SnapshotId", snapshot.id().value());
        tree.put("SnapshotName", snapshot.name());
        tree.put("Description", snapshot.attributes().description().value());
        tree.put("RegionId", snapshot.region().value());
        tree.put("Status", snapshot.accomplished() ? "accomplished" : "progressing");
        tree.put("Available", snapshot.accomplished());
        tree.put("Progress", pace.text());
        tree.put("RemainTime", pace.remainingSeconds());
        tree.put("SnapshotType", "user");
        tree.put("Usage", shown.image().isPresent() ? "image" : "none");
        tree.put("SourceDiskId", "");
        tree.put("SourceDiskSize", Long.toString((snapshot.bytes() + GIB - 1) / GIB));
        tree.put("SourceDiskType", shown.diskType());
        tree.put("SourceSnapshotId", snapshot.source().map(it -> it.snapshot().value()).orElse(""));
        tree.put("SourceRegionId", snapshot.source().map(it -> it.region().value()).orElse(""));
        tree.put("Encrypted", false);
        tree.put("KMSKeyId", "");
        tree.put("Category", "standard");
        tree.put("InstantAccess", false);
        tree.put("ProductCode", "");
        tree.put("ResourceGroupId", snapshot.attributes().group().value());
        tree.put("CreationTime", Times.seconds(snapshot.created()));
        tree.put("LastModifiedTime", Times.seconds(snapshot.created()));
        Trees.list(tree, "Tags", "Tag");
    }

    private static Pace pace(Tables tables, Shown shown) {
        if (shown.snapshot().accomplished()) {
            return new Pace(100, 0);
        }
        return shown.image()
                .flatMap(image -> tables.tasks().bringing(image.id()))
                .map(task -> Pace.of(task, tables.now()))
                .orElse(new Pace(0, 0));
    }
}
