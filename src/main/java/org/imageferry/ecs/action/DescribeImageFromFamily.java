package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Shows the newest available image of a family of the caller's own. Where there is none, `Image` is
/// empty. Source: ECS API 2014-05-26, DescribeImageFromFamily.
final class DescribeImageFromFamily implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeImageFromFamily(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeImageFromFamily";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        ImageFamily family = new ImageFamily(request.parameters().require("ImageFamily"));
        AccountId account = request.caller().account();
        return new Prepared(
                Touched.images(region),
                () -> catalog.read(tables -> tree(tables, account, region, family)));
    }

    private static ObjectNode tree(
            Tables tables, AccountId account, RegionId region, ImageFamily family) {
        ObjectNode tree = Trees.tree();
        ObjectNode image = tree.putObject("Image");
        tables.images()
                .newestOf(account, region, family)
                .ifPresent(it -> ImageTree.write(image, tables, account, it));
        return tree;
    }
}
