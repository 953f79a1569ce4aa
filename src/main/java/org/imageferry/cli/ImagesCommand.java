package org.imageferry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "images", description = "Lists images: one's own, and those that others share.")
final class ImagesCommand extends FerryCommand {
    @Mixin private RegionOption region = new RegionOption();

    @Option(
            names = "--all",
            description = "Also those that are waiting, being made, failed or deprecated.")
    private boolean all;

    @Option(names = "--name", paramLabel = "NAME", description = "Only those of this name.")
    private String name = "";

    @Option(names = "--family", paramLabel = "FAMILY", description = "Only those of this family.")
    private String family = "";

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Only those in the resource group with this id.")
    private String group = "";

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "Only those with this tag; can be given 20 times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(names = "--shared", description = "Only what others share with this account.")
    private boolean shared;

    @Option(names = "--public", description = "Public images of others instead.")
    private boolean everybodys;

    @Option(names = "--market", description = "Images of the marketplace instead.")
    private boolean market;

    @Override
    String attempt() {
        return "list images" + region.words();
    }

    private Call describe() throws CommandFailure {
        Call call = all ? Api.anyImages() : Call.ecs("DescribeImages");
        call = CallParts.ifGiven(call, "ImageName", name);
        call = CallParts.ifGiven(call, "ImageFamily", family);
        call = CallParts.ifGiven(call, "ResourceGroupId", group);
        call = CallParts.ifGiven(call, "ImageOwnerAlias", owner());
        return CallParts.tags(call, tags);
    }

    private String owner() throws CommandFailure {
        List<String> owners = new ArrayList<>();
        if (shared) {
            owners.add("others");
        }
        if (everybodys) {
            owners.add("community");
        }
        if (market) {
            owners.add("marketplace");
        }
        if (owners.size() > 1) {
            throw new CommandFailure("say --shared, --public or --market, and only one of them");
        }
        return String.join("", owners);
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call describe = describe();
        ArrayNode images = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("REGION", "IMAGE", "NAME", "STATUS", ">DONE", ">SIZE", "CREATED");
        for (String each : region.regions(api)) {
            for (ObjectNode image : api.images(each, describe)) {
                images.add(image);
                table.row(
                        each,
                        Api.text(image, "ImageId"),
                        Api.text(image, "ImageName"),
                        Api.text(image, "Status"),
                        Api.text(image, "Progress"),
                        Api.number(image, "Size") + " GiB",
                        Api.text(image, "CreationTime"));
            }
        }
        program().print(images, table);
        return 0;
    }
}
