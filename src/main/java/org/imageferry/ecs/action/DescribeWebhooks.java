package org.imageferry.ecs.action;

import org.imageferry.domain.AccountId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.events.WebhookRequests;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the webhooks of the caller's account, and how the deliveries to them go. Never a secret. Ours.
final class DescribeWebhooks implements Action {
    private final WebhookRequests webhooks;

    DescribeWebhooks(Engine engine) {
        this.webhooks = engine.webhooks();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeWebhooks";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AccountId account = request.caller().account();
        return new Prepared(WebhookTree.ANY, () -> list(account));
    }

    private ObjectNode list(AccountId account) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Webhooks", "Webhook");
        webhooks.list(account)
                .forEach(shown ->
                        WebhookTree.write(list.addObject(), shown.webhook(), shown.pending()));
        return tree;
    }
}
