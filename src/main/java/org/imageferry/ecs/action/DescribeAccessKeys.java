package org.imageferry.ecs.action;

import org.imageferry.access.AccountLists;
import org.imageferry.access.Principal;
import org.imageferry.domain.UserName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the access keys of an account and its users, or of one user. Never a secret. Ours.
final class DescribeAccessKeys implements Action {
    private final AccountLists lists;

    DescribeAccessKeys(Engine engine) {
        this.lists = engine.accounts().lists();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeAccessKeys";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.of(request);
        return new Prepared(
                whose.touched(request.principal()), () -> list(request.principal(), whose));
    }

    private ObjectNode list(Principal by, Whose whose) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "AccessKeys", "AccessKey");
        for (AccountLists.ShownKey shown : lists.keys(by, whose.owner())) {
            ObjectNode item = list.addObject();
            CreateAccessKey.write(item, shown.key());
            item.put("UserName", shown.user().map(UserName::value).orElse(""));
        }
        return tree;
    }
}
