package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "Lists snapshots.")
final class SnapshotListCommand extends FerryCommand {
    @Mixin private RegionOption region = new RegionOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Only those of this name; a * stands for any characters.")
    private String name = "";

    @Option(names = "--unused", description = "Only those that no image is made of.")
    private boolean unused;

    @Override
    String attempt() {
        return "list snapshots" + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call describe = CallParts.ifGiven(Call.ecs("DescribeSnapshots"), "SnapshotName", name);
        describe = CallParts.ifGiven(describe, "Usage", unused ? "none" : "");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table =
                new Table(
                        "REGION",
                        "SNAPSHOT",
                        "NAME",
                        "STATUS",
                        ">DONE",
                        ">SIZE",
                        "USED",
                        "CREATED");
        for (String each : region.regions(api)) {
            for (ObjectNode snapshot : api.snapshots(each, describe)) {
                all.add(snapshot);
                table.row(
                        each,
                        Api.text(snapshot, "SnapshotId"),
                        Api.text(snapshot, "SnapshotName"),
                        status(snapshot),
                        Api.text(snapshot, "Progress"),
                        Api.number(snapshot, "SourceDiskSize") + " GiB",
                        Api.text(snapshot, "Usage"),
                        Api.text(snapshot, "CreationTime"));
            }
        }
        program().print(all, table);
        return 0;
    }

    /// A whole one that is not available is damaged.
    private static String status(ObjectNode snapshot) {
        String status = Api.text(snapshot, "Status");
        boolean damaged =
                status.equals("accomplished") && !snapshot.path("Available").asBoolean(true);
        return damaged ? "DAMAGED" : status;
    }
}
