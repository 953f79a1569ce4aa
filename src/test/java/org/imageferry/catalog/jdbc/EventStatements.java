package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Webhooks;
import org.imageferry.domain.EventId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.domain.WebhookUrl;

/// Uses every statement about events and webhooks.
final class EventStatements {
    private EventStatements() {}

    /// @param task one that was not inserted yet
    static void use(Tables tables, Task task) {
        Webhook webhook =
                new Webhook(
                        new WebhookId("wh-aaaaaaaaaaaaaaaaaaaa"),
                        task.account(),
                        new WebhookUrl("https://hooks.example/"),
                        List.of(),
                        tables.now(),
                        WebhookHealth.NEW);
        tables.webhooks().add(new Webhooks.Kept(webhook, "wrapped"));
        tables.tasks().insert(task, List.of());
        tables.tasks().update(task.end(new TaskState.Cancelled(tables.now())));
        EventId event = tables.events().last(task.account());
        tables.events().after(EventId.NONE, task.account(), Optional.empty(), 10);
        tables.events().after(EventId.NONE, task.account(), Optional.of(task.region()), 10);
        tables.webhooks().anyDue();
        tables.webhooks().waiting();
        Webhooks.Delivery delivery = tables.webhooks().claim(tables.now()).orElseThrow();
        tables.webhooks().retry(webhook.id(), event, tables.now());
        tables.webhooks().release(delivery, webhook, tables.now());
        tables.webhooks().finish(webhook.id(), event);
        tables.webhooks().rewrap(webhook.id(), "anew");
        tables.webhooks().all();
        tables.webhooks().drop(webhook.id());
        tables.webhooks().delete(webhook.id());
    }
}
