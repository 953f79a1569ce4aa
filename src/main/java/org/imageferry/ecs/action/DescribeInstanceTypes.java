package org.imageferry.ecs.action;

import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Lists types of instances, of which there are none: clients ask before they look at images. Source: ECS
/// API 2014-05-26, DescribeInstanceTypes.
final class DescribeInstanceTypes implements Action {
    @Override
    public String name() {
        return "DescribeInstanceTypes";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        return new Prepared(Touched.anything(), DescribeInstanceTypes::none);
    }

    private static ObjectNode none() {
        ObjectNode tree = Trees.tree();
        tree.put("NextToken", "");
        Trees.list(tree, "InstanceTypes", "InstanceType");
        return tree;
    }
}
