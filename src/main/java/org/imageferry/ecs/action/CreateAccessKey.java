package org.imageferry.ecs.action;

import org.imageferry.access.KeyChanges;
import org.imageferry.access.Order;
import org.imageferry.domain.AccessKey;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ObjectNode;

/// Creates an access key of an account, or of one of its users. Its secret is in this answer and in no
/// other. Ours, after RAM's CreateAccessKey.
final class CreateAccessKey implements Action {
    private final KeyChanges keys;

    CreateAccessKey(Engine engine) {
        this.keys = engine.accounts().keys();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "CreateAccessKey";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.of(request);
        Order order = Whose.order(request);
        return new Prepared(
                whose.touched(request.principal()),
                () -> {
                    KeyChanges.Created created = keys.create(order, whose.owner());
                    ObjectNode tree = Trees.tree();
                    ObjectNode key = tree.putObject("AccessKey");
                    write(key, created.key());
                    key.put("AccessKeySecret", created.secret().value());
                    return tree;
                });
    }

    static void write(ObjectNode tree, AccessKey key) {
        tree.put("AccessKeyId", key.id().value());
        tree.put("Status", key.active() ? "Active" : "Inactive");
        tree.put("CreationTime", Times.seconds(key.created()));
    }
}
