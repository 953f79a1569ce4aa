package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "untag",
        description = "Takes tags from an image or a snapshot, and lists those that are left.")
final class UntagCommand extends FerryCommand {
    @Parameters(
            index = "0",
            paramLabel = "IMAGE|SNAPSHOT",
            description = "The id of the image or the snapshot.")
    private String id = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "The key of a tag to take; can be given 20 times.")
    private List<String> keys = List.of();

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has it.")
    private String region = "";

    @Option(names = "--all", description = "Take all its tags.")
    private boolean all;

    @Override
    String attempt() {
        return "untag " + id + " in " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Resource resource = Resource.of(region, id);
        if (keys.isEmpty() != all) {
            throw new CommandFailure("name the keys of the tags to take, or --all, and not both");
        }
        Call call = resource.about(Call.ecs("UntagResources")).with("ResourceId.1", id);
        call = CallParts.list(call, "TagKey", keys);
        Api api = program().api();
        api.call(all ? call.with("All", "true") : call);
        resource.printTags(program(), api);
        return 0;
    }
}
