package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "delete", description = "Deletes a group that nothing is in.")
final class GroupDeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "GROUP", description = "The group's id.")
    private String group = "";

    @Override
    String attempt() {
        return "delete group " + group;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        program()
                .api()
                .call(Call.resourceManager("DeleteResourceGroup").with("ResourceGroupId", group));
        program()
                .print(
                        JsonNodeFactory.instance.objectNode().put("ResourceGroupId", group),
                        new Table("DELETED").row(group));
        return 0;
    }
}
