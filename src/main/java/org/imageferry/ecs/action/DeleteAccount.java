package org.imageferry.ecs.action;

import org.imageferry.access.AccountChanges;
import org.imageferry.access.Order;
import org.imageferry.domain.AccountId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Deletes an account that has no images, snapshots and open tasks. Ours.
final class DeleteAccount implements Action {
    private final AccountChanges accounts;

    DeleteAccount(Engine engine) {
        this.accounts = engine.accounts().changes();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DeleteAccount";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AccountId id = Whose.account(request.parameters());
        Order order = Whose.order(request);
        return new Prepared(
                Touched.global("account/" + id),
                () -> {
                    accounts.delete(order, id);
                    return Trees.tree();
                });
    }
}
