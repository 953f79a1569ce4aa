package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.NamedKey;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the aliases of the account's keys in a region, or of one key. Source: KMS API 2016-01-20,
/// ListAliases and ListAliasesByKeyId.
final class ListAliases implements KeyAction {
    private final KeyRequests keys;
    private final RegionMap regions;
    private final boolean ofOneKey;

    private ListAliases(Engine engine, boolean ofOneKey) {
        this.keys = engine.keys();
        this.regions = engine.regions();
        this.ofOneKey = ofOneKey;
    }

    static ListAliases all(Engine engine) {
        return new ListAliases(engine, false);
    }

    static ListAliases byKeyId(Engine engine) {
        return new ListAliases(engine, true);
    }

    @Override
    public String name() {
        return ofOneKey ? "ListAliasesByKeyId" : "ListAliases";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        RegionId region = Asked.region(parameters, regions);
        Optional<String> key =
                ofOneKey ? Optional.of(parameters.require("KeyId")) : Optional.empty();
        Paging paging = Paging.of(parameters);
        return new Prepared(
                KeyAction.keys(region),
                () -> tree(keys.aliases(request.caller().account(), region, key), paging));
    }

    private static ObjectNode tree(List<NamedKey> all, Paging paging) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Aliases", "Alias");
        paging.of(all).forEach(alias -> KeyTree.write(list.addObject(), alias));
        paging.write(tree, all.size());
        return tree;
    }
}
