package org.imageferry.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "cancel",
        description = "Cancels a copy, an import, an export or a check. Nothing of it is left.")
final class CancelCommand extends FerryCommand {
    private static final List<String> FIRST_CHOICE =
            List.of("CopyImage", "CopySnapshot", "ImportImage", "ExportImage", "VerifyImages");

    @Parameters(
            paramLabel = "IMAGE|SNAPSHOT|TASK",
            description = "The id of the image or snapshot that is being made, or of the task.")
    private String id = "";

    @Mixin private RegionOption region = new RegionOption();

    @Override
    String attempt() {
        return "cancel " + id + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode cancelled = JsonNodeFactory.instance.objectNode();
        Call cancel = cancel(find(api));
        api.call(cancel);
        cancel.parameters().forEach(cancelled::put);
        program()
                .print(
                        cancelled.put("Status", "Cancelled"),
                        new Table("REGION", "CANCELLED").row(Api.text(cancelled, "RegionId"), id));
        return 0;
    }

    private static Call cancel(ObjectNode task) {
        String region = Api.text(task, "RegionId");
        return Api.text(task, "TaskAction").equals("CopyImage")
                ? Call.ecs("CancelCopyImage")
                        .with("RegionId", region)
                        .with("ImageId", Api.text(task, "ImageId"))
                : Call.ecs("CancelTask")
                        .with("RegionId", region)
                        .with("TaskId", Api.text(task, "TaskId"));
    }

    /// The open task of this id or, for an image, the one that makes it rather than one that reads it.
    /// An image that has none is taken for a copy, so that the server says what is wrong with that.
    private ObjectNode find(Api api) throws EcsFailure, CommandFailure {
        Optional<ObjectNode> open =
                api.tasks(region.narrow(Call.own("DescribeQueue"))).stream()
                        .filter(task ->
                                Api.text(task, "TaskId").equals(id)
                                        || Api.text(task, "ImageId").equals(id)
                                        || Api.text(task, "SnapshotId").equals(id))
                        .min(Comparator.comparingInt(CancelCommand::rank));
        if (open.isPresent()) {
            return open.get();
        }
        if (!id.startsWith("m-")) {
            throw new CommandFailure(
                    "no task %s is under way%s; 'imageferry queue' lists what is"
                            .formatted(id, region.words()));
        }
        return api.image(id, region.regions(api)).put("TaskAction", "CopyImage");
    }

    private static int rank(ObjectNode task) {
        int rank = FIRST_CHOICE.indexOf(Api.text(task, "TaskAction"));
        return rank < 0 ? FIRST_CHOICE.size() : rank;
    }
}
