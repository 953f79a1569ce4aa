package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "create",
        description = {
            "Creates a webhook.",
            "The secret, by which its receiver knows who calls, is shown this once."
        })
final class WebhookCreateCommand extends FerryCommand {
    @Parameters(paramLabel = "URL", description = "Where it is: https://…")
    private String url = "";

    @Option(
            names = "--on",
            split = ",",
            paramLabel = "EVENT",
            description =
                    "Only of events of this type, such as copy.failed; several with commas between."
                            + " Default: all.")
    private List<String> types = List.of();

    @Override
    String attempt() {
        return "create a webhook";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call call = Call.own("CreateWebhook").with("Url", url);
        for (int i = 0; i < types.size(); i++) {
            call = call.with("EventType." + (i + 1), types.get(i).strip());
        }
        ObjectNode answer = program().api().call(call);
        ObjectNode webhook = answer.get("Webhook") instanceof ObjectNode its ? its : answer;
        program()
                .print(
                        webhook,
                        new Table("Webhook", Api.text(webhook, "WebhookId"))
                                .row("Url", Api.text(webhook, "Url"))
                                .row("Events", WebhookListCommand.types(webhook))
                                .row("Secret", Api.text(webhook, "Secret")));
        return 0;
    }
}
