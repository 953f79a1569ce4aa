package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "node",
        description = {
            "Lists the nodes of the installation, and what each does; needs an administrator.",
            "With a command behind it: takes a node out of work, or back into it."
        },
        subcommands = {NodeChangeCommand.Drain.class, NodeChangeCommand.Resume.class})
final class NodeCommand extends FerryCommand {
    @Override
    String attempt() {
        return "list the nodes";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        ObjectNode answer = program().api().call(Call.own("DescribeNodes"));
        Table table =
                new Table(
                        "NODE",
                        "HOST",
                        "VERSION",
                        "STATE",
                        "SINCE",
                        "LAST SEEN",
                        "TASK",
                        "ACTION",
                        "REGION",
                        ">PART",
                        ">DONE",
                        ">OF");
        for (ObjectNode node : Api.each(answer, "Nodes", "Node")) {
            List<ObjectNode> claims = Api.each(node, "Claims", "Claim");
            if (claims.isEmpty()) {
                table.row(cells(node, "", "", "", "", "", ""));
            }
            for (ObjectNode claim : claims) {
                table.row(
                        cells(
                                node,
                                Api.text(claim, "TaskId"),
                                Api.text(claim, "TaskAction"),
                                Api.text(claim, "RegionId"),
                                Api.text(claim, "Part"),
                                Sizes.bytes(Api.number(claim, "DoneBytes")),
                                Sizes.bytes(Api.number(claim, "TotalBytes"))));
            }
        }
        program().print(answer, table);
        return 0;
    }

    private static String[] cells(ObjectNode node, String... claim) {
        String[] ours = {
            Api.text(node, "NodeName"),
            Api.text(node, "Host"),
            Api.text(node, "Version"),
            Api.text(node, "State"),
            Api.text(node, "StartTime"),
            Api.text(node, "LastSeenTime")
        };
        String[] cells = java.util.Arrays.copyOf(ours, ours.length + claim.length);
        System.arraycopy(claim, 0, cells, ours.length, claim.length);
        return cells;
    }
}
