package org.imageferry.ecs.action;

import org.imageferry.copy.Region;
import org.imageferry.copy.RegionMap;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.PlaceErrors;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.TagErrors;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the configured regions. The endpoint of each is the one that was called: one server serves
/// them all, and clients go where they are sent. Source: ECS API 2014-05-26, DescribeRegions; of its
/// filters all regions pass each, and a region has one name in all languages.
final class DescribeRegions implements Action {
    private final RegionMap regions;

    DescribeRegions(Engine engine) {
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeRegions";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        Asked.oneOf(
                parameters,
                "AcceptLanguage",
                PlaceErrors.LANGUAGE,
                "zh-CN",
                "zh-TW",
                "en-US",
                "ja",
                "fr",
                "de",
                "ko");
        Asked.oneOf(
                parameters,
                "ResourceType",
                TagErrors.UNKNOWN_RESOURCE_TYPE,
                "instance",
                "disk",
                "reservedinstance",
                "scu");
        Asked.oneOf(
                parameters,
                "InstanceChargeType",
                PlaceErrors.CHARGE_TYPE,
                "PrePaid",
                "PostPaid",
                "SpotWithPriceLimit",
                "SpotAsPriceGo");
        return new Prepared(Touched.anything(), () -> list(request.host()));
    }

    private ObjectNode list(String host) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Regions", "Region");
        for (Region region : regions.all()) {
            ObjectNode item = list.addObject();
            item.put("RegionId", region.id().value());
            item.put("RegionEndpoint", host);
            item.put("LocalName", region.localName());
            item.put("Status", region.health().trouble().isEmpty() ? "available" : "soldOut");
        }
        return tree;
    }
}
