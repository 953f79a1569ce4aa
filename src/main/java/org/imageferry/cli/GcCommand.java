package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "gc",
        description = "Looks for stored objects that nothing needs any more, and deletes them.")
final class GcCommand extends FerryCommand {
    @Mixin private RegionOption region = new RegionOption();

    @Option(
            names = "--now",
            description = "Delete them at once, not after the time that readers are given.")
    private boolean now;

    @Override
    String attempt() {
        return "collect garbage" + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call call = Call.own("CollectGarbage").with("Now", Boolean.toString(now));
        ObjectNode answer = program().api().call(region.narrow(call));
        Table table =
                new Table(
                        "REGION",
                        ">FOUND",
                        ">DELETED",
                        ">FREED",
                        ">WAITING",
                        ">COMPACTED",
                        ">RECLAIMED");
        for (ObjectNode collected : Api.each(answer, "Regions", "Region")) {
            table.row(
                    Api.text(collected, "RegionId"),
                    Long.toString(Api.number(collected, "Condemned")),
                    Long.toString(Api.number(collected, "Deleted")),
                    Sizes.bytes(Api.number(collected, "DeletedBytes")),
                    Long.toString(Api.number(collected, "Waiting")),
                    Long.toString(Api.number(collected, "Compacted")),
                    Sizes.bytes(Api.number(collected, "ReclaimedBytes")));
        }
        program().print(answer, table);
        return 0;
    }
}
