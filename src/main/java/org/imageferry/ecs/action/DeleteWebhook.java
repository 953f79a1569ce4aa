package org.imageferry.ecs.action;

import org.imageferry.domain.WebhookId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.events.WebhookRequests;

/// Deletes a webhook, with all that was still to be delivered to it. Ours.
final class DeleteWebhook implements Action {
    private final WebhookRequests webhooks;

    DeleteWebhook(Engine engine) {
        this.webhooks = engine.webhooks();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DeleteWebhook";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        WebhookId id = WebhookTree.id(request);
        WebhookRequests.Order order = WebhookTree.order(request);
        return new Prepared(
                WebhookTree.touched(id),
                () -> {
                    webhooks.delete(order, id);
                    return Trees.tree();
                });
    }
}
