package org.imageferry.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tag",
        description = {
            "Gives tags to an image or a snapshot, and lists those that it has.",
            "A tag replaces the one of the same key. Without tags it only lists."
        })
final class TagCommand extends FerryCommand {
    @Parameters(
            index = "0",
            paramLabel = "IMAGE|SNAPSHOT",
            description = "The id of the image or the snapshot.")
    private String id = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "A tag; it can have 20 in all.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has it.")
    private String region = "";

    @Override
    String attempt() {
        return "tag " + id + " in " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Resource resource = Resource.of(region, id);
        Api api = program().api();
        if (!tags.isEmpty()) {
            Call call = resource.about(Call.ecs("TagResources")).with("ResourceId.1", id);
            api.call(CallParts.tags(call, tags));
        }
        resource.printTags(program(), api);
        return 0;
    }
}
