package org.imageferry.cli;

import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "show",
        description = {
            "Tells all about an image: its disks and digests, where it is from, its copies.",
            "What it stores alone goes when it is deleted with its snapshots."
        })
final class ShowCommand extends FerryCommand {
    @Parameters(paramLabel = "IMAGE", description = "The image's id.")
    private String image = "";

    @Mixin private RegionOption region = new RegionOption();

    @Override
    String attempt() {
        return "show " + image + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode found = api.image(image, region.regions(api));
        found.setAll(api.detail(Api.text(found, "RegionId"), image));
        found.remove("RequestId");
        program().print(found, facts(found));
        return 0;
    }

    private static Table facts(ObjectNode image) {
        Table table = new Table("Image", Api.text(image, "ImageId"));
        table.row("Name", Api.text(image, "ImageName"));
        table.row("Region", Api.text(image, "RegionId"));
        table.row("Status", Api.text(image, "Status") + " " + Api.text(image, "Progress"));
        table.row("Description", Api.text(image, "Description"));
        table.row("Created", Api.text(image, "CreationTime"));
        table.row(
                "Platform",
                String.join(
                        ", ",
                        Api.text(image, "OSType"),
                        Api.text(image, "Platform"),
                        Api.text(image, "Architecture"),
                        Api.text(image, "BootMode")));
        for (ObjectNode tag : Api.each(image, "Tags", "Tag")) {
            table.row("Tag", Api.text(tag, "TagKey") + "=" + Api.text(tag, "TagValue"));
        }
        Api.each(image, "DiskDeviceMappings", "DiskDeviceMapping").stream()
                .map(disk -> Api.text(disk, "KMSKeyId"))
                .filter(key -> !key.isEmpty())
                .distinct()
                .forEach(key -> table.row("Encrypted", "with key " + key));
        addTask(table, image);
        addStorage(table, image);
        addDisks(table, image);
        for (ObjectNode copy : Api.each(image, "Copies", "Copy")) {
            table.row(
                    "Copy",
                    "%s in %s, %s"
                            .formatted(
                                    Api.text(copy, "ImageId"),
                                    Api.text(copy, "RegionId"),
                                    Api.text(copy, "Status")));
        }
        return table;
    }

    private static void addTask(Table table, ObjectNode image) {
        if (image.path("Origin") instanceof ObjectNode origin
                && !Api.text(origin, "SourceImageId").isEmpty()) {
            table.row(
                    "Copied from",
                    Api.text(origin, "SourceImageId")
                            + " in "
                            + Api.text(origin, "SourceRegionId"));
        }
        if (image.path("Task") instanceof ObjectNode task && !task.isEmpty()) {
            table.row("Task", Api.text(task, "TaskId") + ", " + Api.text(task, "Status"));
            if (!Api.text(task, "Reason").isEmpty()) {
                table.row("Reason", Api.text(task, "Reason"));
            }
            table.row(
                    "Moved",
                    "%s new of %s, stored as %s"
                            .formatted(
                                    Sizes.bytes(Api.number(task, "MovedBytes")),
                                    Sizes.bytes(Api.number(task, "TotalBytes")),
                                    Sizes.bytes(Api.number(task, "StoredBytes"))));
        }
    }

    /// Of another's image nothing is told, and of a very large one not what is stored.
    private static void addStorage(Table table, ObjectNode image) {
        if (!(image.path("Storage") instanceof ObjectNode storage) || storage.isEmpty()) {
            return;
        }
        table.row(
                "Size",
                "%s, %s of data"
                        .formatted(
                                Sizes.bytes(Api.number(storage, "Bytes")),
                                Sizes.bytes(Api.number(storage, "ContentBytes"))));
        if (storage.has("StoredBytes")) {
            table.row(
                    "Stored",
                    "%s: %s shared, %s its own"
                            .formatted(
                                    Sizes.bytes(Api.number(storage, "StoredBytes")),
                                    Sizes.bytes(Api.number(storage, "SharedBytes")),
                                    Sizes.bytes(Api.number(storage, "OwnBytes"))));
        }
    }

    private static void addDisks(Table table, ObjectNode image) {
        int number = 0;
        for (ObjectNode disk : Api.each(image, "Disks", "Disk")) {
            table.row(
                    "Disk " + number,
                    "%d bytes, %s of data in %d parts, snapshot %s"
                            .formatted(
                                    Api.number(disk, "Bytes"),
                                    Sizes.bytes(Api.number(disk, "ContentBytes")),
                                    Api.number(disk, "Parts"),
                                    Api.text(disk, "SnapshotId")));
            table.row("Digest " + number, Api.text(disk, "Digest"));
            if (!Api.text(disk, "Damage").isEmpty()) {
                table.row("DAMAGED " + number, Api.text(disk, "Damage"));
            }
            number++;
        }
    }
}
