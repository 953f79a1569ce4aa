package org.imageferry.domain;

import java.time.Instant;
import java.util.List;

/// An address at which an account wants to be told of its events.
///
/// @param types of events; none means all
public record Webhook(
        WebhookId id,
        AccountId account,
        WebhookUrl url,
        List<EventType> types,
        Instant created,
        WebhookHealth health) {
    public Webhook {
        types = List.copyOf(types);
    }

    public boolean wants(EventType type) {
        return types.isEmpty() || types.contains(type);
    }

    public Webhook with(WebhookHealth next) {
        return new Webhook(id, account, url, types, created, next);
    }
}
