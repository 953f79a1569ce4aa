package org.imageferry.ecs.action;

import org.imageferry.access.AccountLists;
import org.imageferry.access.Principal;
import org.imageferry.domain.UserPolicy;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the policies of a user, documents and all. Ours.
final class DescribeUserPolicies implements Action {
    private final AccountLists lists;

    DescribeUserPolicies(Engine engine) {
        this.lists = engine.accounts().lists();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeUserPolicies";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.user(request);
        return new Prepared(
                whose.touched(request.principal()), () -> list(request.principal(), whose));
    }

    private ObjectNode list(Principal by, Whose whose) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "UserPolicies", "UserPolicy");
        for (UserPolicy policy : lists.policies(by, whose.account(), whose.name())) {
            list.addObject()
                    .put("PolicyName", policy.name().value())
                    .put("PolicyDocument", policy.document())
                    .put("CreationTime", Times.seconds(policy.created()));
        }
        return tree;
    }
}
