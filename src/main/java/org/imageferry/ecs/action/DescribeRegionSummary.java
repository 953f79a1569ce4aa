package org.imageferry.ecs.action;

import java.util.Set;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tasks;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells in numbers what the caller has in the regions, and what is under way there.
final class DescribeRegionSummary implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeRegionSummary(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeRegionSummary";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AccountId account = request.caller().account();
        Iterable<RegionId> asked = Asked.regions(request.parameters(), regions);
        return new Prepared(Touched.anything(), () -> read(account, asked));
    }

    private ObjectNode read(AccountId account, Iterable<RegionId> asked) {
        return catalog.read(tables -> {
            ObjectNode tree = Trees.tree();
            ArrayNode list = Trees.list(tree, "Regions", "Region");
            asked.forEach(id -> write(list.addObject(), tables, regions.get(id), account));
            return tree;
        });
    }

    private static void write(ObjectNode tree, Tables tables, Region region, AccountId account) {
        RegionId id = region.id();
        tree.put("RegionId", id.value());
        tree.put("Status", region.health().trouble().orElse("available"));
        tree.put("Images", tables.images().count(account, id));
        tree.put("FailedImages", failed(tables, account, id));
        tree.put("StoredBytes", tables.objects().storedBytes(account, id));
        Tasks.Open open = tables.tasks().open(account, id);
        tree.put("RunningTasks", open.running());
        tree.put("WaitingTasks", open.waiting());
    }

    private static int failed(Tables tables, AccountId account, RegionId region) {
        Images.Query query =
                Images.Query.own(account, region).in(Set.of(Images.Status.CreateFailed));
        return tables.images().list(query, 0, 1).total();
    }
}
