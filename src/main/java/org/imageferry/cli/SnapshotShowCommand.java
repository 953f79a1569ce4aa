package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "show", description = "Tells all that is known of a snapshot.")
final class SnapshotShowCommand extends FerryCommand {
    @Parameters(paramLabel = "SNAPSHOT", description = "The snapshot's id.")
    private String snapshot = "";

    @Override
    String attempt() {
        return "show snapshot " + snapshot;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        ObjectNode found =
                program()
                        .api()
                        .call(Call.own("DescribeSnapshotDetail").with("SnapshotId", snapshot));
        program().print(found, facts(found));
        return 0;
    }

    private static Table facts(ObjectNode snapshot) {
        Table table = new Table("Snapshot", Api.text(snapshot, "SnapshotId"));
        table.row("Name", Api.text(snapshot, "SnapshotName"));
        table.row("Region", Api.text(snapshot, "RegionId"));
        table.row("Status", Api.text(snapshot, "Status") + " " + Api.text(snapshot, "Progress"));
        if (!Api.text(snapshot, "Damage").isEmpty()) {
            table.row("DAMAGED", Api.text(snapshot, "Damage"));
        }
        table.row("Description", Api.text(snapshot, "Description"));
        table.row("Created", Api.text(snapshot, "CreationTime"));
        table.row("Expires", Api.text(snapshot, "ExpirationTime"));
        if (!Api.text(snapshot, "SourceSnapshotId").isEmpty()) {
            table.row(
                    "Copied from",
                    Api.text(snapshot, "SourceSnapshotId")
                            + " in "
                            + Api.text(snapshot, "SourceRegionId"));
        }
        table.row(
                "Disk",
                "%d bytes, %s of data in %d parts"
                        .formatted(
                                Api.number(snapshot, "Bytes"),
                                Sizes.bytes(Api.number(snapshot, "ContentBytes")),
                                Api.number(snapshot, "Parts")));
        table.row("Digest", Api.text(snapshot, "Digest"));
        table.row("May become images", Api.text(snapshot, "ImageCreationAllowed"));
        for (ObjectNode tag : Api.each(snapshot, "Tags", "Tag")) {
            table.row("Tag", Api.text(tag, "TagKey") + "=" + Api.text(tag, "TagValue"));
        }
        for (ObjectNode image : Api.each(snapshot, "Images", "Image")) {
            table.row("Image", Api.text(image, "ImageId") + ", " + Api.text(image, "ImageName"));
        }
        return table;
    }
}
