package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "create", description = "Makes a key, enabled and granted to the image service.")
final class KeyCreateCommand extends FerryCommand {
    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region whose images it is to encrypt.")
    private String region = "";

    @Option(names = "--for", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            description = "Another name for it: alias/ and what people call it.")
    private String alias = "";

    @Override
    String attempt() {
        return "make a key in " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call create = Call.kms("CreateKey").with("RegionId", region);
        ObjectNode key =
                KeyTable.metadata(api.call(CallParts.ifGiven(create, "Description", description)));
        if (!alias.isEmpty()) {
            api.call(
                    Call.kms("CreateAlias")
                            .with("RegionId", region)
                            .with("KeyId", Api.text(key, "KeyId"))
                            .with("AliasName", alias));
        }
        program().print(key, KeyTable.of(List.of(key)));
        return 0;
    }
}
