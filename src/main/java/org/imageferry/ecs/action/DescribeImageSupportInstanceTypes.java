package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Lists the types of instances that can run an image: none, since there are no instances here. So it
/// does not matter which image it is. Source: ECS API 2014-05-26, DescribeImageSupportInstanceTypes.
final class DescribeImageSupportInstanceTypes implements Action {
    private final RegionMap regions;

    DescribeImageSupportInstanceTypes(Engine engine) {
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeImageSupportInstanceTypes";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        String image = request.parameters().text("ImageId");
        return new Prepared(Touched.images(region), () -> none(region, image));
    }

    private static ObjectNode none(RegionId region, String image) {
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", region.value());
        tree.put("ImageId", image);
        Trees.list(tree, "InstanceTypes", "InstanceType");
        return tree;
    }
}
