package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "test",
        description = {
            "Sends a webhook a message that tells of nothing, and says how that went.",
            "One that was disabled is enabled again if it succeeds."
        })
final class WebhookTestCommand extends FerryCommand {
    @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.")
    private String webhook = "";

    @Override
    String attempt() {
        return "test webhook " + webhook;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        ObjectNode result =
                program().api().call(Call.own("TestWebhook").with("WebhookId", webhook));
        boolean delivered = result.path("Delivered").asBoolean(false);
        program()
                .print(
                        result,
                        new Table("WEBHOOK", "RESULT", "STATUS", ">MS")
                                .row(
                                        webhook,
                                        delivered ? "delivered" : Api.text(result, "Error"),
                                        Long.toString(Api.number(result, "HttpStatus")),
                                        Long.toString(Api.number(result, "DurationMilliseconds"))));
        return delivered ? 0 : Failures.FAILED;
    }
}
