package org.imageferry.ecs.action;

import org.imageferry.access.Order;
import org.imageferry.access.UserChanges;
import org.imageferry.domain.User;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ObjectNode;

/// Creates a user of an account, who may do nothing as yet. Ours, after RAM's CreateUser.
final class CreateUser implements Action {
    private final UserChanges users;

    CreateUser(Engine engine) {
        this.users = engine.accounts().users();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "CreateUser";
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
                    User user = users.create(order, whose.account(), whose.name());
                    ObjectNode tree = Trees.tree();
                    write(tree.putObject("User"), user);
                    return tree;
                });
    }

    static void write(ObjectNode tree, User user) {
        tree.put("UserId", user.id().value());
        tree.put("UserName", user.name().value());
        tree.put("CreationTime", Times.seconds(user.created()));
    }
}
