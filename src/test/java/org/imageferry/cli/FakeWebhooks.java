package org.imageferry.cli;

import java.util.Map;
import java.util.TreeMap;
import org.imageferry.cli.FakeFerry.Refused;
import org.imageferry.cli.FakeFerry.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks, as a [FakeFerry] has them: whose URL says `broken` fails.
final class FakeWebhooks {
    private final Map<String, ObjectNode> webhooks = new TreeMap<>();

    /// @return whether it was about these
    synchronized boolean answer(Request request, ObjectNode answer) throws Refused {
        switch (request.action()) {
            case "CreateWebhook" -> answer.set("Webhook", create(request));
            case "DescribeWebhooks" -> {
                ArrayNode list = answer.putObject("Webhooks").putArray("Webhook");
                webhooks.values().forEach(list::add);
            }
            case "DeleteWebhook" -> {
                find(request);
                webhooks.remove(request.get("WebhookId"));
            }
            case "TestWebhook" -> test(find(request), answer);
            default -> {
                return false;
            }
        }
        return true;
    }

    private ObjectNode create(Request request) {
        String id = "wh-" + (webhooks.size() + 1);
        ObjectNode webhook = JsonNodeFactory.instance.objectNode();
        webhook.put("WebhookId", id).put("Url", request.get("Url"));
        ArrayNode types = webhook.putObject("EventTypes").putArray("EventType");
        for (int i = 1; !request.get("EventType." + i).isEmpty(); i++) {
            types.add(request.get("EventType." + i));
        }
        webhook.put("Status", "Enabled").put("PendingEvents", 2).put("Failures", 0);
        webhook.put("LastDeliveryTime", "2026-11-22T01:09:36.000Z").put("LastError", "");
        webhooks.put(id, webhook);
        return webhook.deepCopy().put("Secret", "whsec_c2VjcmV0");
    }

    private ObjectNode find(Request request) throws Refused {
        ObjectNode webhook = webhooks.get(request.get("WebhookId"));
        if (webhook == null) {
            throw new Refused(
                    404, "InvalidWebhookId.NotFound", "The specified webhook does not exist.");
        }
        return webhook;
    }

    private static void test(ObjectNode webhook, ObjectNode answer) {
        boolean broken = Api.text(webhook, "Url").contains("broken");
        answer.put("Delivered", !broken);
        answer.put("HttpStatus", broken ? 500 : 204);
        answer.put("Error", broken ? "it answered 500" : "");
        answer.put("DurationMilliseconds", 12);
    }
}
