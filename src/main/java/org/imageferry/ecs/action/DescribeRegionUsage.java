package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells what the regions' stores hold, and whether they can be used.
final class DescribeRegionUsage implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeRegionUsage(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeRegionUsage";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Iterable<RegionId> asked = Asked.regions(request.parameters(), regions);
        return new Prepared(Touched.anything(), () -> read(asked));
    }

    private ObjectNode read(Iterable<RegionId> asked) {
        return catalog.read(tables -> {
            ObjectNode tree = Trees.tree();
            ArrayNode list = Trees.list(tree, "Regions", "Region");
            for (RegionId id : asked) {
                ObjectNode item = list.addObject();
                write(item, regions.get(id), tables.objects().usage(id));
                Compaction.Dead dead = tables.compaction().dead(id);
                item.put("DeadBytes", dead.deadBytes());
                write(item, "Suspect", dead.suspects());
            }
            return tree;
        });
    }

    private static void write(ObjectNode tree, Region region, StoredObjects.Usage usage) {
        tree.put("RegionId", region.id().value());
        tree.put("Status", region.health().trouble().orElse("available"));
        write(tree, "Needed", usage.needed());
        write(tree, "Idle", usage.idle());
        write(tree, "Condemned", usage.condemned());
    }

    private static void write(ObjectNode tree, String what, StoredObjects.Sum sum) {
        tree.put(what + "Objects", sum.objects());
        tree.put(what + "Bytes", sum.bytes());
    }
}
