package org.imageferry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
        return CallParts.tags(call, tags).once(program().surroundings().nonces().get());
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        List<ObjectNode> results = new ArrayList<>();
        List<ObjectNode> started = new ArrayList<>();
        for (String region : new LinkedHashSet<>(destinations)) {
            ObjectNode result = start(api, region);
            results.add(result);
            if (!result.has("Code")) {
                started.add(result);
            }
        }
        if (!detach && !started.isEmpty()) {
            follow(api, started);
        }
        return report(results);
    }

    private ObjectNode start(Api api, String region) {
        try {
            return api.call(call(region)).put("RegionId", region).put("Status", "Waiting");
        } catch (EcsFailure failure) {
            String reason = Failures.explain(failure);
            program().surroundings().say(ImageCopies.words(region, reason));
            return ImageCopies.refused(region, failure);
        }
    }

    private void follow(Api api, List<ObjectNode> started) throws EcsFailure {
        List<Followed> tasks = new ArrayList<>();
        for (ObjectNode copy : started) {
            String region = Api.text(copy, "RegionId");
            tasks.add(new Followed.Task(region, region, task(api, copy)));
        }
        List<Outcome> outcomes;
        Surroundings surroundings = program().surroundings();
        try (Guard _ =
                surroundings.whenInterrupted(
                        "the copies go on; follow them with: imageferry queue --watch")) {
            outcomes = new Follower(surroundings, api, tasks).follow();
        }
        for (int index = 0; index < started.size(); index++) {
            finish(started.get(index), outcomes.get(index));
        }
    }

    /// CopySnapshot answers no task id.
    private static String task(Api api, ObjectNode copy) throws EcsFailure {
        Call describe =
                Call.ecs("DescribeTasks")
                        .with("RegionId", Api.text(copy, "RegionId"))
                        .with("ResourceIds.1", Api.text(copy, "SnapshotId"));
        return Api.each(api.call(describe), "TaskSet", "Task").stream()
                .map(task -> Api.text(task, "TaskId"))
                .findFirst()
                .orElse("");
    }

    private static void finish(ObjectNode result, Outcome outcome) {
        switch (outcome) {
            case Outcome.Good _ -> result.put("Status", "accomplished");
            case Outcome.Failed failed ->
                    result.put("Status", "Failed")
                            .put("Code", "CopyFailed")
                            .put("Message", failed.reason());
        }
    }

    private int report(List<ObjectNode> results) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("REGION", "SNAPSHOT", "STATUS");
        boolean failed = false;
        for (ObjectNode result : results) {
            all.add(result);
            failed |= result.has("Code");
            table.row(
                    Api.text(result, "RegionId"),
                    Api.text(result, "SnapshotId"),
                    Api.text(result, "Status"));
        }
        program().print(all, table);
        return failed ? Failures.FAILED : 0;
    }
}
