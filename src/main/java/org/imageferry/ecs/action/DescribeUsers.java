package org.imageferry.ecs.action;

import org.imageferry.access.AccountLists;
import org.imageferry.access.Principal;
import org.imageferry.catalog.Page;
import org.imageferry.domain.User;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the users of an account. Ours.
final class DescribeUsers implements Action {
    private final AccountLists lists;

    DescribeUsers(Engine engine) {
        this.lists = engine.accounts().lists();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeUsers";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.of(request);
        Paging paging = Paging.of(request.parameters());
        return new Prepared(
                whose.touchedUsers(request.principal()),
                () -> list(request.principal(), whose, paging));
    }

    private ObjectNode list(Principal by, Whose whose, Paging paging) {
        Page<User> page = lists.users(by, whose.account(), paging.offset(), paging.size());
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Users", "User");
        page.items().forEach(user -> CreateUser.write(list.addObject(), user));
        paging.write(tree, page.total());
        return tree;
    }
}
