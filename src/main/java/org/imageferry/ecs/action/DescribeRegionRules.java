package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells what an administrator allows in a region, or in all. Anybody may ask: whoever copies meets
/// these rules.
final class DescribeRegionRules implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeRegionRules(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeRegionRules";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Iterable<RegionId> asked = Asked.regions(request.parameters(), regions);
        return new Prepared(Touched.anything(), () -> list(asked));
    }

    private ObjectNode list(Iterable<RegionId> asked) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Regions", "Region");
        for (RegionId region : asked) {
            RegionRules rules = catalog.read(tables -> tables.regions().rules(region));
            RuleTree.write(list.addObject(), region, rules);
        }
        return tree;
    }
}
