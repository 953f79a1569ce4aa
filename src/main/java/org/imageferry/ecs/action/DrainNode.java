package org.imageferry.ecs.action;

import org.imageferry.copy.NodeAdministration;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Lets a node claim nothing more, or lets it work again: DrainNode and ResumeNode.
final class DrainNode implements Action {
    private final NodeAdministration nodes;
    private final String name;
    private final boolean draining;

    private DrainNode(Engine engine, String name, boolean draining) {
        this.nodes = engine.nodes();
        this.name = name;
        this.draining = draining;
    }

    static DrainNode drain(Engine engine) {
        return new DrainNode(engine, "DrainNode", true);
    }

    static DrainNode resume(Engine engine) {
        return new DrainNode(engine, "ResumeNode", false);
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return name;
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
        String node = request.parameters().require("NodeName");
        return new Prepared(
                Touched.anything(),
                () -> {
                    nodes.drain(request.caller(), node, draining);
                    return Trees.tree();
                });
    }
}
