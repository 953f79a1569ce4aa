package org.imageferry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "create-image",
        description = "Makes an image of snapshots. It is available at once: no byte is moved.")
final class CreateImageCommand extends FerryCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "SNAPSHOT",
            description = "The snapshot of the system disk, then those of data disks.")
    private List<String> snapshots = List.of();

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has the snapshots.")
    private String region = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The image's name. Default: the server makes one up.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What the image is.")
    private String description = "";

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "What the generations of the image have in common.")
    private String family = "";

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "A tag of the image; can be given 20 times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Override
    String attempt() {
        return "make an image of " + String.join(", ", snapshots) + " in " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call call = Call.ecs("CreateImage").with("RegionId", region);
        for (int i = 0; i < snapshots.size(); i++) {
            call = call.with("DiskDeviceMapping." + (i + 1) + ".SnapshotId", snapshots.get(i));
        }
        call = CallParts.ifGiven(call, "ImageName", name);
        call = CallParts.ifGiven(call, "Description", description);
        call = CallParts.ifGiven(call, "ImageFamily", family);
        call = CallParts.tags(call, tags).once(program().surroundings().nonces().get());
        ObjectNode created = program().api().call(call).put("RegionId", region);
        program()
                .print(
                        created,
                        new Table("REGION", "IMAGE").row(region, Api.text(created, "ImageId")));
        return 0;
    }
}
