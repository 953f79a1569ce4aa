package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Damage;
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

/// Tells what the regions' stores hold, whether they can be used, and what in them is known to be bad.
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
            asked.forEach(id -> {
                ObjectNode region = list.addObject();
                write(region, regions.get(id), tables.objects().usage(id));
                write(region, tables.damage().standing(id));
                write(region, tables.compaction().dead(id));
            });
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

    private static void write(ObjectNode tree, Damage.Standing standing) {
        tree.put("BadBlocks", standing.badBlocks());
        tree.put("LostObjects", standing.lostObjects());
        tree.put("DamagedParts", standing.damagedParts());
        tree.put("UnAvailableImages", standing.unavailableImages());
        tree.put("OldestCheckTime", standing.oldestCheck().map(Times::milliseconds).orElse(""));
    }

    private static void write(ObjectNode tree, Compaction.Dead dead) {
        tree.put("DeadBytes", dead.deadBytes());
        write(tree, "Suspect", dead.suspects());
    }

    private static void write(ObjectNode tree, String what, StoredObjects.Sum sum) {
        tree.put(what + "Objects", sum.objects());
        tree.put(what + "Bytes", sum.bytes());
    }
}
