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
        name = "delete",
        description = {
            "Deletes an image.",
            "Its snapshots stay, as in ECS, and keep its bytes; --with-snapshots frees them."
        })
final class DeleteCommand extends FerryCommand {
    @Mixin private ImageInRegion image = new ImageInRegion();

    @Option(names = "--with-snapshots", description = "Delete its snapshots too.")
    private boolean withSnapshots;

    @Override
    String attempt() {
        return "delete " + image;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode found = image.find(api);
        List<String> snapshots =
                Api.each(found, "DiskDeviceMappings", "DiskDeviceMapping").stream()
                        .map(disk -> Api.text(disk, "SnapshotId"))
                        .filter(id -> !id.isEmpty())
                        .toList();
        api.call(image.about(Call.ecs("DeleteImage")));
        ObjectNode result = image.tree();
        ArrayNode deleted = result.putArray("SnapshotIds");
        Table table = new Table("REGION", "DELETED").row(image.region(), image.id());
        for (String snapshot : withSnapshots ? snapshots : List.<String>of()) {
            api.call(
                    Call.ecs("DeleteSnapshot")
                            .with("RegionId", image.region())
                            .with("SnapshotId", snapshot));
            deleted.add(snapshot);
            table.row(image.region(), snapshot);
        }
        program().print(result, table);
        return 0;
    }
}
