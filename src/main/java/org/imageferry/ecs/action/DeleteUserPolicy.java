package org.imageferry.ecs.action;

import org.imageferry.access.Order;
import org.imageferry.access.UserChanges;
import org.imageferry.domain.PolicyName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;

/// Takes a policy away from a user. Ours.
final class DeleteUserPolicy implements Action {
    private final UserChanges users;

    DeleteUserPolicy(Engine engine) {
        this.users = engine.accounts().users();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DeleteUserPolicy";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.user(request);
        PolicyName policy = new PolicyName(request.parameters().require("PolicyName"));
        Order order = Whose.order(request);
        return new Prepared(
                whose.touched(request.principal()),
                () -> {
                    users.deletePolicy(order, whose.account(), whose.name(), policy);
                    return Trees.tree();
                });
    }
}
