package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "show",
        description = "Shows whether and where to images are copied, and what else is allowed.")
final class RegionShowCommand extends FerryCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "REGION",
            description = "The region. Default: all regions.")
    private String region = "";

    @Override
    String attempt() {
        return "show the rules" + (region.isEmpty() ? "" : " of " + region);
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call describe = CallParts.ifGiven(Call.own("DescribeRegionRules"), "RegionId", region);
        List<ObjectNode> regions = Api.each(program().api().call(describe), "Regions", "Region");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        regions.forEach(all::add);
        program().print(all, RuleTable.of(regions));
        return 0;
    }
}
