package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Snapshots;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the caller's snapshots in a region. Source: ECS API 2014-05-26, DescribeSnapshots.
final class DescribeSnapshots implements Action {
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
        Optional<Snapshots.Query> query =
                SnapshotFilter.of(request.parameters(), request.caller().account(), region);
        SnapshotPages pages = SnapshotPages.of(request.parameters());
        if (request.parameters().is("DryRun")) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        return new Prepared(Touched.snapshots(region), () -> list(query, pages));
    }

    private ObjectNode list(Optional<Snapshots.Query> query, SnapshotPages pages) {
        return catalog.read(tables -> {
            Page<Snapshot> page =
                    query.map(it -> pages.read(tables, it)).orElse(new Page<>(List.of(), 0));
            ObjectNode tree = Trees.tree();
            ArrayNode list = Trees.list(tree, "Snapshots", "Snapshot");
            page.items().stream()
                    .limit(pages.shown())
                    .forEach(snapshot -> SnapshotTree.write(list.addObject(), tables, snapshot));
            pages.write(tree, page);
            return tree;
        });
    }
}
