package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "publish",
        description = {
            "Puts an image into the marketplace: everybody may copy it into the regions that are said.",
            "Needs an administrator. Said again, it is there for the new regions only."
        })
final class PublishCommand extends FerryCommand {
    @Mixin private ImageInRegion image = new ImageInRegion();

    @Option(
            names = "--into",
            paramLabel = "REGION",
            description = "A region that everybody may copy it into; can be given many times.")
    private List<String> into = List.of();

    @Option(names = "--withdraw", description = "Take it out of the marketplace.")
    private boolean withdraw;

    @Override
    String attempt() {
        return (withdraw ? "withdraw " : "publish ") + image;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        if (withdraw != into.isEmpty()) {
            throw new CommandFailure("say --into and a region, or --withdraw, and not both");
        }
        Call call = image.about(Call.own(withdraw ? "UnpublishImage" : "PublishImage"));
        program().api().call(CallParts.list(call, "Region", into));
        ObjectNode result = image.tree();
        ArrayNode regions = result.putArray("PublishedIn");
        into.forEach(regions::add);
        program()
                .print(
                        result,
                        new Table("REGION", "IMAGE", "PUBLISHED IN")
                                .row(image.region(), image.id(), String.join(", ", into)));
        return 0;
    }
}
