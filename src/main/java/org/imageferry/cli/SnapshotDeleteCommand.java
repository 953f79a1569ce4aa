package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "delete",
        description = "Deletes snapshots that no image is made of, and frees their bytes.")
final class SnapshotDeleteCommand extends FerryCommand {
    @Parameters(arity = "1..*", paramLabel = "SNAPSHOT", description = "The snapshots' ids.")
    private List<String> snapshots = List.of();

    @Override
    String attempt() {
        return "delete " + String.join(", ", snapshots);
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ArrayNode deleted = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("DELETED");
        for (String snapshot : snapshots) {
            api.call(Call.ecs("DeleteSnapshot").with("SnapshotId", snapshot));
            deleted.add(snapshot);
            table.row(snapshot);
        }
        program().print(deleted, table);
        return 0;
    }
}
