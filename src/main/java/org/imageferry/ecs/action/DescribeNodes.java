package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.List;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Nodes;
import org.imageferry.catalog.Tables;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells which nodes there are, and what each does.
final class DescribeNodes implements Action {
    /// Far more than nodes work on at once.
    private static final int MOST_CLAIMS = 10_000;

    private final Catalog catalog;

    DescribeNodes(Engine engine) {
        this.catalog = engine.catalog();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeNodes";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        return new Prepared(Touched.anything(), () -> catalog.read(DescribeNodes::read));
    }

    private static ObjectNode read(Tables tables) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Nodes", "Node");
        List<Nodes.Held> held = tables.nodes().held(MOST_CLAIMS);
        for (Nodes.Node node : tables.nodes().all()) {
            ObjectNode item = list.addObject();
            write(item, node, tables.now());
            ArrayNode claims = Trees.list(item, "Claims", "Claim");
            held.stream()
                    .filter(claim -> claim.node().equals(node.name()))
                    .forEach(claim -> write(claims.addObject(), claim));
        }
        return tree;
    }

    private static void write(ObjectNode tree, Nodes.Node node, Instant now) {
        tree.put("NodeName", node.name());
        tree.put("Host", node.host());
        tree.put("Version", node.version());
        tree.put("State", node.lost(now) ? "lost" : node.draining() ? "draining" : "working");
        tree.put("StartTime", Times.milliseconds(node.since()));
        tree.put("LastSeenTime", Times.milliseconds(node.seen()));
    }

    private static void write(ObjectNode tree, Nodes.Held claim) {
        tree.put("TaskId", claim.task().value());
        tree.put("TaskAction", claim.action().name());
        tree.put("RegionId", claim.region().value());
        tree.put("ResourceId", claim.resource());
        tree.put("Part", claim.part().map(Object::toString).orElse(""));
        tree.put("DoneBytes", claim.done());
        tree.put("TotalBytes", claim.bytes());
        tree.put("EndTime", Times.milliseconds(claim.until()));
    }
}
