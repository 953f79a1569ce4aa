package org.imageferry.ecs.action;

import org.imageferry.access.Order;
import org.imageferry.access.UserChanges;
import org.imageferry.domain.PolicyName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;

/// Gives a user a policy, in place of the one of this name. Ours.
final class PutUserPolicy implements Action {
    private final UserChanges users;

    PutUserPolicy(Engine engine) {
        this.users = engine.accounts().users();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "PutUserPolicy";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.user(request);
        PolicyName policy = new PolicyName(request.parameters().require("PolicyName"));
        String document = request.parameters().require("PolicyDocument");
        Order order = Whose.order(request);
        return new Prepared(
                whose.touched(request.principal()),
                () -> {
                    users.put(order, whose.account(), whose.name(), policy, document);
                    return Trees.tree();
                });
    }
}
