package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "copies",
        description = {
            "Lists the copies that wait or run, and how they come along.",
            "With --follow it tells of each that ends, from now on until Ctrl-C."
        })
final class CopiesCommand extends FerryCommand {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description =
                    "Only those into this region; can be given many times. Default: all regions.")
    private List<String> regions = List.of();

    @Option(
            names = "--all",
            description = "Imports, exports and verifications too, not copies alone.")
    private boolean all;

    @Option(
            names = "--follow",
            description =
                    "Go on: print a line when one ends (with -o json an object), and show on a"
                            + " terminal how the others come along.")
    private boolean follow;

    @Option(
            names = "--after",
            paramLabel = "EVENT",
            description =
                    "With --follow: begin after this event, not now. Events are kept for 7 days.")
    private String after = "";

    @Override
    String attempt() {
        return (follow ? "follow" : "list")
                + " copies"
                + (regions.isEmpty() ? "" : " into " + String.join(", ", regions));
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        if (!follow && !after.isEmpty()) {
            throw new CommandFailure("--after says where to begin to follow: give --follow too");
        }
        Api api = program().api();
        CopyFilter filter = new CopyFilter(regions, all);
        if (follow) {
            new CopiesFollower(program(), api, filter).follow(after);
        } else {
            list(api, filter);
        }
        return 0;
    }

    private void list(Api api, CopyFilter filter) throws EcsFailure {
        ArrayNode tasks = JsonNodeFactory.instance.arrayNode();
        Table table =
                new Table(
                        "REGION", "IMAGE", "NAME", "FROM", "STATUS", ">DONE", ">OF", ">NEW",
                        ">RATE", ">LEFT");
        for (OpenTask task : filter.tasks(api)) {
            tasks.add(task.task());
            add(table, task);
        }
        program().print(tasks, table);
    }

    private static void add(Table table, OpenTask task) {
        table.row(
                task.text("RegionId"),
                task.resource(),
                task.text("ImageName"),
                task.text("SourceRegionId"),
                task.status(),
                task.text("Progress"),
                Sizes.bytes(task.number("TotalBytes")),
                Sizes.bytes(task.number("MovedBytes")),
                task.rate().map(Sizes::rate).orElse(""),
                task.left().map(Sizes::clock).orElse(""));
    }
}
