package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "Lists webhooks, and how the deliveries to them go.")
final class WebhookListCommand extends FerryCommand {
    @Override
    String attempt() {
        return "list webhooks";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table =
                new Table(
                        "WEBHOOK",
                        "URL",
                        "EVENTS",
                        "STATUS",
                        ">PENDING",
                        ">FAILURES",
                        "DELIVERED",
                        "LAST ERROR");
        ObjectNode answer = program().api().call(Call.own("DescribeWebhooks"));
        for (ObjectNode webhook : Api.each(answer, "Webhooks", "Webhook")) {
            all.add(webhook);
            table.row(
                    Api.text(webhook, "WebhookId"),
                    Api.text(webhook, "Url"),
                    types(webhook),
                    Api.text(webhook, "Status"),
                    Long.toString(Api.number(webhook, "PendingEvents")),
                    Long.toString(Api.number(webhook, "Failures")),
                    Api.text(webhook, "LastDeliveryTime"),
                    Api.text(webhook, "LastError"));
        }
        program().print(all, table);
        return 0;
    }

    static String types(ObjectNode webhook) {
        List<String> types = new ArrayList<>();
        for (JsonNode type : webhook.path("EventTypes").path("EventType").values()) {
            types.add(type.asString(""));
        }
        return types.isEmpty() ? "all" : String.join(",", types);
    }
}
