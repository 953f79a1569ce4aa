package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "create", description = "Makes a group.")
final class GroupCreateCommand extends FerryCommand {
    @Parameters(
            paramLabel = "NAME",
            description =
                    "2 to 50 letters, digits and hyphens, a letter first; one of its kind in the"
                            + " account.")
    private String name = "";

    @Option(
            names = "--called",
            paramLabel = "TEXT",
            description = "What people call it, up to 50 characters. Default: its name.")
    private String called = "";

    @Override
    String attempt() {
        return "make group " + name;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call create =
                Call.resourceManager("CreateResourceGroup")
                        .with("Name", name)
                        .with("DisplayName", called.isEmpty() ? name : called);
        ObjectNode answer = program().api().call(create);
        ObjectNode group = answer.get("ResourceGroup") instanceof ObjectNode made ? made : answer;
        program().print(group, GroupTable.of(List.of(group)));
        return 0;
    }
}
