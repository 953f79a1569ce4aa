package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "images", description = "Lists images.")
final class ImagesCommand extends FerryCommand {
    @Mixin private RegionOption region = new RegionOption();

    @Option(
            names = "--all",
            description = "Also those that are waiting, being made, failed or deprecated.")
    private boolean all;

    @Option(names = "--name", paramLabel = "NAME", description = "Only those of this name.")
    private String name = "";

    @Override
    String attempt() {
        return "list images" + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call describe =
                CallParts.ifGiven(
                        all ? Api.anyImages() : Call.ecs("DescribeImages"), "ImageName", name);
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
