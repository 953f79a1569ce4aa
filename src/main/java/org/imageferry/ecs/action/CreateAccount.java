package org.imageferry.ecs.action;

import org.imageferry.access.AccountChanges;
import org.imageferry.access.Order;
import org.imageferry.domain.AccountName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Creates an account, as yet without access keys. Ours.
final class CreateAccount implements Action {
    private final AccountChanges accounts;

    CreateAccount(Engine engine) {
        this.accounts = engine.accounts().changes();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "CreateAccount";
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
        AccountName name = new AccountName(request.parameters().require("AccountName"));
        boolean administrator = request.parameters().is("Administrator");
        Order order = Whose.order(request);
        return new Prepared(
                Touched.global("account/*"),
                () ->
                        Trees.tree()
                                .put(
                                        "AccountId",
                                        accounts.create(order, name, administrator).id().value()));
    }
}
