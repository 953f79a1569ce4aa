package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "join",
        description =
                "Puts an image or a snapshot into a group, and so takes it out of the one where it was.")
final class GroupJoinCommand extends FerryCommand {
    @Parameters(index = "0", paramLabel = "GROUP", description = "The group's id.")
    private String group = "";

    @Parameters(
            index = "1",
            paramLabel = "IMAGE|SNAPSHOT",
            description = "The id of the image or the snapshot.")
    private String id = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has it.")
    private String region = "";

    @Override
    String attempt() {
        return "put " + id + " into group " + group;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call join =
                Resource.of(region, id)
                        .about(Call.ecs("JoinResourceGroup"))
                        .with("ResourceId", id)
                        .with("ResourceGroupId", group);
        program().api().call(join);
        program()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("RegionId", region)
                                .put("ResourceId", id)
                                .put("ResourceGroupId", group),
                        new Table("REGION", "ID", "GROUP").row(region, id, group));
        return 0;
    }
}
