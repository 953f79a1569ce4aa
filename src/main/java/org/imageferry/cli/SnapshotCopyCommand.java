package org.imageferry.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        description = {
            "Copies a snapshot into other regions, and shows how the copies come along.",
            "Ctrl-C only stops looking: the copies go on."
        })
final class SnapshotCopyCommand extends FerryCommand {
    @Parameters(paramLabel = "SNAPSHOT", description = "The source snapshot's id.")
    private String snapshot = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "REGION",
            description = "The region that has the snapshot.")
    private String source = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "REGION",
            description = "A region that gets a copy; can be given many times.")
    private List<String> destinations = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "The copies' name.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What the copies are.")
    private String description = "";

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            description =
                    "Delete the copies so many days after they were made. Default: they stay.")
    private String days = "";

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "A tag of the copies; can be given 20 times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(names = "--detach", description = "End when the copies are accepted.")
    private boolean detach;

    @Override
    String attempt() {
        return "copy %s from %s to %s".formatted(snapshot, source, String.join(", ", destinations));
    }

    private Call call(String destination) {
        Call call =
                Call.ecs("CopySnapshot")
                        .with("RegionId", source)
                        .with("SnapshotId", snapshot)
                        .with("DestinationRegionId", destination);
        call = CallParts.ifGiven(call, "DestinationSnapshotName", name);
        call = CallParts.ifGiven(call, "DestinationSnapshotDescription", description);
        call = CallParts.ifGiven(call, "RetentionDays", days);
        return CallParts.tags(call, tags);
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        RegionCopies copies =
                new RegionCopies(
                        program().surroundings(), program().api(), RegionCopies.Kind.SNAPSHOT);
        return copies.print(
                program(), copies.run(new LinkedHashSet<>(destinations), this::call, detach));
    }
}
