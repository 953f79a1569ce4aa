package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The rules of regions, as commands show them.
final class RuleTable {
    private RuleTable() {}

    static Table of(List<ObjectNode> regions) {
        Table table = new Table("REGION", "COPYING", "CUSTOMER KEYS", "SNAPSHOTS SINCE", "NOT TO");
        regions.forEach(region ->
                table.row(
                        Api.text(region, "RegionId"),
                        word(region, "Copying"),
                        word(region, "CustomerKeys"),
                        Api.text(region, "OldestSnapshot"),
                        barred(region)));
        return table;
    }

    private static String word(ObjectNode region, String rule) {
        return region.path(rule).asBoolean() ? "yes" : "no";
    }

    private static String barred(ObjectNode region) {
        List<String> barred = new ArrayList<>();
        region.path("BarredDestinations").path("RegionId").forEach(it -> barred.add(it.asString()));
        return String.join(",", barred);
    }
}
