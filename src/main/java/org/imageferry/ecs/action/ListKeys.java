package org.imageferry.ecs.action;

import java.util.List;
import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the account's keys in a region. Source: KMS API 2016-01-20, ListKeys.
final class ListKeys implements KeyAction {
    private final KeyRequests keys;
    private final RegionMap regions;

    ListKeys(Engine engine) {
        this.keys = engine.keys();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ListKeys";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        Paging paging = Paging.of(request.parameters());
        return new Prepared(
                KeyAction.keys(region),
                () -> tree(keys.list(request.caller().account(), region), paging));
    }

    private static ObjectNode tree(List<KmsKey> all, Paging paging) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Keys", "Key");
        for (KmsKey key : paging.of(all)) {
            ObjectNode item = list.addObject();
            item.put("KeyId", key.id().value());
            item.put("KeyArn", KeyTree.arn(key));
        }
        paging.write(tree, all.size());
        return tree;
    }
}
