package org.imageferry.cli;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Two nodes, of which one brings a part.
final class FakeNodes {
    private FakeNodes() {}

    static void describe(ObjectNode answer) {
        ArrayNode nodes = answer.putObject("Nodes").putArray("Node");
        for (String name : List.of("node-1", "node-2")) {
            nodes.addObject()
                    .put("NodeName", name)
                    .put("Host", "ferry")
                    .put("Version", "1.0")
                    .put("State", "working")
                    .put("StartTime", "2026-11-22T12:00:00.000Z")
                    .put("LastSeenTime", "2026-11-22T13:00:00.000Z");
        }
        ((ObjectNode) nodes.get(1))
                .putObject("Claims")
                .putArray("Claim")
                .addObject()
                .put("TaskId", "t-1")
                .put("TaskAction", "CopyImage")
                .put("RegionId", "cn-shanghai")
                .put("Part", "3")
                .put("DoneBytes", 1 << 20)
                .put("TotalBytes", 4 << 20);
    }
}
