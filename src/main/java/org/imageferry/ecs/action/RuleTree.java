package org.imageferry.ecs.action;

import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is allowed in a region, as our own actions show it.
final class RuleTree {
    private RuleTree() {}

    static void write(ObjectNode tree, RegionId region, RegionRules rules) {
        tree.put("RegionId", region.value());
        tree.put("Copying", rules.copying());
        tree.put("CustomerKeys", rules.customerKeys());
        tree.put("OldestSnapshot", Times.seconds(rules.oldestSnapshot()));
        ArrayNode barred = Trees.list(tree, "BarredDestinations", "RegionId");
        rules.barredDestinations().stream().map(RegionId::value).sorted().forEach(barred::add);
    }
}
