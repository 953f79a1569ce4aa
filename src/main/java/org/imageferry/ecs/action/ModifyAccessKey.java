package org.imageferry.ecs.action;

import org.imageferry.access.KeyChanges;
import org.imageferry.access.Order;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Prepared;

/// Switches an access key on or off. Ours, after RAM's UpdateAccessKey.
final class ModifyAccessKey implements Action {
    private final KeyChanges keys;

    ModifyAccessKey(Engine engine) {
        this.keys = engine.accounts().keys();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "ModifyAccessKey";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.of(request);
        AccessKeyId key = new AccessKeyId(request.parameters().require("UserAccessKeyId"));
        boolean active = active(request.parameters().require("Status"));
        Order order = Whose.order(request);
        return new Prepared(
                whose.touched(request.principal()),
                () -> {
                    keys.activate(order, whose.owner(), key, active);
                    return Trees.tree();
                });
    }

    private static boolean active(String status) {
        return switch (status) {
            case "Active" -> true;
            case "Inactive" -> false;
            default ->
                    throw new EcsException(
                            GatewayErrors.PARAMETER_FORMAT.advising(
                                    "Status must be Active or Inactive, not \"" + status + "\"."));
        };
    }
}
