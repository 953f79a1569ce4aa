package org.imageferry.ecs.action;

import org.imageferry.domain.AccountId;
import org.imageferry.domain.WebhookId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.events.WebhookRequests;
import tools.jackson.databind.node.ObjectNode;

/// Sends a webhook a message that tells of nothing, now, and answers how that went. Ours.
final class TestWebhook implements Action {
    private final WebhookRequests webhooks;

    TestWebhook(Engine engine) {
        this.webhooks = engine.webhooks();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "TestWebhook";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        WebhookId id = WebhookTree.id(request);
        AccountId account = request.caller().account();
        return new Prepared(WebhookTree.touched(id), () -> tree(webhooks.test(account, id)));
    }

    private static ObjectNode tree(WebhookRequests.Tested tested) {
        ObjectNode tree = Trees.tree();
        tree.put("Delivered", tested.error().isEmpty());
        tree.put("HttpStatus", tested.status().orElse(0));
        tree.put("Error", tested.error().orElse(""));
        tree.put("DurationMilliseconds", tested.time().toMillis());
        return tree;
    }
}
