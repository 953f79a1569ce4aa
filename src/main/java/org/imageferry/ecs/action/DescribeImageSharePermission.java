package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.ImageShares;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells an image's owner who else may see it. Source: ECS API 2014-05-26,
/// DescribeImageSharePermission.
final class DescribeImageSharePermission implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeImageSharePermission(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeImageSharePermission";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        ImageId id = Asked.image(request.parameters());
        Paging paging = Paging.of(request.parameters());
        AccountId account = request.caller().account();
        if (request.parameters().is("DryRun")) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        return new Prepared(
                Touched.image(region, id),
                () ->
                        catalog.read(tables ->
                                tree(tables, image(tables, account, region, id), paging)));
    }

    private static Image image(Tables tables, AccountId account, RegionId region, ImageId id) {
        return tables.images()
                .find(id)
                .filter(image -> image.account().equals(account) && image.region().equals(region))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownImage(id)));
    }

    private static ObjectNode tree(Tables tables, Image image, Paging paging) {
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", image.region().value());
        tree.put("ImageId", image.id().value());
        ArrayNode accounts = Trees.list(tree, "Accounts", "Account");
        Page<ImageShares.Share> page =
                tables.shares().accounts(image.id(), paging.offset(), paging.size());
        for (ImageShares.Share share : page.items()) {
            accounts.addObject()
                    .put("AliyunId", share.account().value())
                    .put("SharedTime", Times.seconds(share.since()));
        }
        ArrayNode groups = Trees.list(tree, "ShareGroups", "ShareGroup");
        if (image.attributes().isPublic()) {
            groups.addObject().put("Group", "all");
        }
        paging.write(tree, page.total());
        return tree;
    }
}
