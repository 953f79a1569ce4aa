package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "show",
        description = "Shows whether and where to images are copied, and what else is allowed.")
final class RegionShowCommand extends FerryCommand {
    @Mixin private RegionOption region = new RegionOption();

    @Override
    String attempt() {
        return "show the rules" + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call describe = region.narrow(Call.own("DescribeRegionRules"));
        List<ObjectNode> regions = Api.each(program().api().call(describe), "Regions", "Region");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        regions.forEach(all::add);
        program().print(all, RuleTable.of(regions));
        return 0;
    }
}
