package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "delete",
        description = "Deletes a webhook, with all that was still to be delivered to it.")
final class WebhookDeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.")
    private String webhook = "";

    @Override
    String attempt() {
        return "delete webhook " + webhook;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        program().api().call(Call.own("DeleteWebhook").with("WebhookId", webhook));
        program()
                .print(
                        JsonNodeFactory.instance.objectNode().put("WebhookId", webhook),
                        new Table("DELETED").row(webhook));
        return 0;
    }
}
