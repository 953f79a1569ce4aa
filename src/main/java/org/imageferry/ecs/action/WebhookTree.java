package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.EventType;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Touched;
import org.imageferry.events.WebhookRequests;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the actions about webhooks have in common.
final class WebhookTree {
    static final Touched ANY = Touched.global("webhook/*");

    private WebhookTree() {}

    static Touched touched(WebhookId id) {
        return Touched.global("webhook/" + id);
    }

    static WebhookId id(ActionRequest request) {
        return new WebhookId(request.parameters().require("WebhookId"));
    }

    static WebhookRequests.Order order(ActionRequest request) {
        return new WebhookRequests.Order(
                request.caller().account(), request.caller().accessKey(), request.caller().nonce());
    }

    static void write(ObjectNode tree, Webhook webhook, long pending) {
        WebhookHealth health = webhook.health();
        tree.put("WebhookId", webhook.id().value());
        tree.put("Url", webhook.url().value());
        ArrayNode types = Trees.list(tree, "EventTypes", "EventType");
        webhook.types().stream().map(EventType::text).forEach(types::add);
        tree.put("Status", health.enabled() ? "Enabled" : "Disabled");
        tree.put("CreationTime", Times.milliseconds(webhook.created()));
        tree.put("PendingEvents", pending);
        tree.put("MissedEvents", health.missed());
        tree.put("Failures", health.failures());
        tree.put("FailingSince", time(health.failingSince()));
        tree.put("LastAttemptTime", time(health.lastTried()));
        tree.put("LastDeliveryTime", time(health.lastDelivered()));
        tree.put("LastError", health.lastError());
    }

    private static String time(Optional<Instant> time) {
        return time.map(Times::milliseconds).orElse("");
    }
}
