package org.imageferry.ecs.action;

import java.util.List;
import java.util.SortedMap;
import org.imageferry.domain.EventType;
import org.imageferry.domain.WebhookUrl;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.WebhookErrors;
import org.imageferry.events.WebhookRequests;
import tools.jackson.databind.node.ObjectNode;

/// Creates a webhook of the caller's account. Its secret is in this answer and in no other. Ours.
final class CreateWebhook implements Action {
    private final WebhookRequests webhooks;

    CreateWebhook(Engine engine) {
        this.webhooks = engine.webhooks();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "CreateWebhook";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        WebhookUrl url = new WebhookUrl(request.parameters().require("Url"));
        List<EventType> types =
                request.parameters().list("EventType").values().stream()
                        .map(CreateWebhook::type)
                        .distinct()
                        .toList();
        WebhookRequests.Order order = WebhookTree.order(request);
        return new Prepared(
                WebhookTree.ANY,
                () -> {
                    WebhookRequests.Created created = webhooks.create(order, url, types);
                    ObjectNode tree = Trees.tree();
                    ObjectNode webhook = tree.putObject("Webhook");
                    WebhookTree.write(webhook, created.webhook(), 0);
                    webhook.put("Secret", created.secret().value());
                    return tree;
                });
    }

    private static EventType type(SortedMap<String, String> item) {
        String text = item.getOrDefault("", "");
        return EventType.find(text)
                .orElseThrow(() ->
                        new EcsException(
                                WebhookErrors.EVENT_TYPE.advising(
                                        "\"" + text + "\" is none; copy.finished is one.")));
    }
}
