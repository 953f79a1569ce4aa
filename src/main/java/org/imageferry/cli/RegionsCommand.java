package org.imageferry.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "regions",
        description = "Lists the regions, what is in them, and how sound that is.")
final class RegionsCommand extends FerryCommand {
    @Override
    String attempt() {
        return "list regions";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        List<ObjectNode> regions =
                new ArrayList<>(
                        Api.each(api.call(Call.ecs("DescribeRegions")), "Regions", "Region"));
        Map<String, ObjectNode> usage = new HashMap<>();
        for (ObjectNode used : usage(api)) {
            usage.put(Api.text(used, "RegionId"), used);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table =
                new Table(
                        "REGION",
                        "NAME",
                        "STATUS",
                        ">OBJECTS",
                        ">NEEDED",
                        ">UNUSED",
                        ">DEAD",
                        ">BAD",
                        ">UNAVAILABLE",
                        "CHECKED SINCE");
        for (ObjectNode region : regions) {
            String id = Api.text(region, "RegionId");
            if (usage.containsKey(id)) {
                region.setAll(usage.get(id));
            }
            all.add(region);
            table.row(
                    id,
                    Api.text(region, "LocalName"),
                    Api.text(region, "Status"),
                    Long.toString(sum(region, "Objects", "Needed", "Idle", "Condemned")),
                    Sizes.bytes(sum(region, "Bytes", "Needed")),
                    Sizes.bytes(sum(region, "Bytes", "Idle", "Condemned")),
                    Sizes.bytes(Api.number(region, "DeadBytes")),
                    Long.toString(
                            Api.number(region, "BadBlocks") + Api.number(region, "LostObjects")),
                    Long.toString(Api.number(region, "UnAvailableImages")),
                    Api.text(region, "OldestCheckTime"));
        }
        program().print(all, table);
        return 0;
    }

    /// What the stores hold is for administrators to know.
    private static List<ObjectNode> usage(Api api) throws EcsFailure {
        try {
            return Api.each(api.call(Call.own("DescribeRegionUsage")), "Regions", "Region");
        } catch (EcsFailure failure) {
            if (failure.code().equals("Forbidden.RAM")) {
                return List.of();
            }
            throw failure;
        }
    }

    private static long sum(ObjectNode region, String unit, String... kinds) {
        long sum = 0;
        for (String kind : kinds) {
            sum += Api.number(region, kind + unit);
        }
        return sum;
    }
}
