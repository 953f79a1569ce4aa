package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "delete",
        description = {
            "Deletes an image.",
            "Its snapshots stay, as in ECS, and keep its bytes; --with-snapshots frees them."
        })
final class DeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "IMAGE", description = "The image's id.")
    private String image = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has the image.")
    private String region = "";

    @Option(names = "--with-snapshots", description = "Delete its snapshots too.")
    private boolean withSnapshots;

    @Override
    String attempt() {
        return "delete " + image + " in " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode found = api.image(image, List.of(region));
        List<String> snapshots =
                Api.each(found, "DiskDeviceMappings", "DiskDeviceMapping").stream()
                        .map(disk -> Api.text(disk, "SnapshotId"))
                        .filter(id -> !id.isEmpty())
                        .toList();
        api.call(Call.ecs("DeleteImage").with("RegionId", region).with("ImageId", image));
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("RegionId", region).put("ImageId", image);
        ArrayNode deleted = result.putArray("SnapshotIds");
        Table table = new Table("REGION", "DELETED").row(region, image);
        for (String snapshot : withSnapshots ? snapshots : List.<String>of()) {
            api.call(
                    Call.ecs("DeleteSnapshot")
                            .with("RegionId", region)
                            .with("SnapshotId", snapshot));
            deleted.add(snapshot);
            table.row(region, snapshot);
        }
        program().print(result, table);
        return 0;
    }
}
