package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.Visible;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the images in a region that the caller may see: its own and those that are shared with it,
/// unless it asks for others. What is not found is an empty list, never an error. Source: ECS API
/// 2014-05-26, DescribeImages.
final class DescribeImages implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeImages(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeImages";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        Paging paging = Paging.of(request.parameters());
        Optional<Images.Query> query =
                ImageFilter.of(request.parameters(), request.caller().account(), region);
        if (request.parameters().is("DryRun")) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        return new Prepared(Touched.images(region), () -> list(region, query, paging));
    }

    private ObjectNode list(RegionId region, Optional<Images.Query> query, Paging paging) {
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", region.value());
        ArrayNode images = Trees.list(tree, "Images", "Image");
        int total = catalog.read(tables -> write(images, tables, query, paging));
        paging.write(tree, total);
        return tree;
    }

    private static int write(
            ArrayNode images, Tables tables, Optional<Images.Query> query, Paging paging) {
        images.removeAll(); // a read may be run again
        if (query.isEmpty()) {
            return 0;
        }
        AccountId account = query.get().account();
        checkPublic(tables, query.get());
        Page<Image> page = tables.images().list(query.get(), paging.offset(), paging.size());
        ImageTree.Look look = ImageTree.Look.of(tables, account, page.items());
        page.items().forEach(image -> ImageTree.write(images.addObject(), look, image));
        return page.total();
    }

    private static void checkPublic(Tables tables, Images.Query query) {
        if (query.whose() == Images.Whose.PUBLIC
                && !Visible.publicImages(tables, query.account())) {
            throw new RefusedException(new Refusal.Sharing.NoPublicImages(query.account()));
        }
    }
}
