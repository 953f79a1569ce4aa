package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "delete",
        description = {
            "Has a key deleted after some days; until then it can't be used, and undelete takes it back.",
            "What is encrypted with it is lost with it."
        })
final class KeyDeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "KEY", description = "The key's id, or an alias of it.")
    private String key = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has it.")
    private String region = "";

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "How long it waits, 7 to 366 days. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Override
    String attempt() {
        return "delete key " + key + " of " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        api.call(
                Call.kms("ScheduleKeyDeletion")
                        .with("RegionId", region)
                        .with("KeyId", key)
                        .with("PendingWindowInDays", days));
        ObjectNode shown = KeyTable.describe(api, region, key);
        program().print(shown, KeyTable.of(List.of(shown)));
        return 0;
    }
}
