package org.imageferry.cli;

import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "set", description = "Changes what is said of a snapshot. What is not given stays.")
final class SnapshotSetCommand extends FerryCommand {
    @Parameters(paramLabel = "SNAPSHOT", description = "The snapshot's id.")
    private String snapshot = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is.")
    private String description = "";

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            description = "Delete it so many days after it was made; more than before only.")
    private String days = "";

    @Option(
            names = "--images",
            arity = "1",
            paramLabel = "BOOLEAN",
            description =
                    "Whether images may be made of it, and copied that are made of it: true or"
                            + " false.")
    private Optional<Boolean> images = Optional.empty();

    @Override
    String attempt() {
        return "change snapshot " + snapshot;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        if (name.isEmpty() && description.isEmpty() && days.isEmpty() && images.isEmpty()) {
            throw new CommandFailure(
                    "nothing is to be changed; give --name, --description, --keep-days or --images");
        }
        Api api = program().api();
        if (!(name.isEmpty() && description.isEmpty() && days.isEmpty())) {
            Call call = Call.ecs("ModifySnapshotAttribute").with("SnapshotId", snapshot);
            call = CallParts.ifGiven(call, "SnapshotName", name);
            call = CallParts.ifGiven(call, "Description", description);
            api.call(CallParts.ifGiven(call, "RetentionDays", days));
        }
        if (images.isPresent()) {
            api.call(
                    Call.own("SetSnapshotImageCreation")
                            .with("SnapshotId", snapshot)
                            .with("Allowed", images.get().toString()));
        }
        ObjectNode changed = JsonNodeFactory.instance.objectNode().put("SnapshotId", snapshot);
        program().print(changed, new Table("CHANGED").row(snapshot));
        return 0;
    }
}
