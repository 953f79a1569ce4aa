package org.imageferry.ecs.action;

import org.imageferry.access.Order;
import org.imageferry.access.UserChanges;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;

/// Deletes a user with its access keys and policies. Ours, after RAM's DeleteUser.
final class DeleteUser implements Action {
    private final UserChanges users;

    DeleteUser(Engine engine) {
        this.users = engine.accounts().users();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DeleteUser";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.user(request);
        Order order = Whose.order(request);
        return new Prepared(
                whose.touched(request.principal()),
                () -> {
                    users.delete(order, whose.account(), whose.name());
                    return Trees.tree();
                });
    }
}
