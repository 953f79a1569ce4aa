package org.imageferry.ecs.action;

import org.imageferry.access.KeyChanges;
import org.imageferry.access.Order;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;

/// Deletes an access key. Ours, after RAM's DeleteAccessKey.
final class DeleteAccessKey implements Action {
    private final KeyChanges keys;

    DeleteAccessKey(Engine engine) {
        this.keys = engine.accounts().keys();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DeleteAccessKey";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.of(request);
        AccessKeyId key = new AccessKeyId(request.parameters().require("UserAccessKeyId"));
        Order order = Whose.order(request);
        return new Prepared(
                whose.touched(request.principal()),
                () -> {
                    keys.delete(order, whose.owner(), key);
                    return Trees.tree();
                });
    }
}
