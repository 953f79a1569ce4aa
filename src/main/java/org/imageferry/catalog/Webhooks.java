package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookId;

/// The webhooks of all accounts, and the events that are to be delivered to them: [Tasks#update] enters
/// each event for the webhooks that want it and are enabled, up to [#MOST_DELIVERIES] for each.
public interface Webhooks {
    /// What waits for one webhook, at most. What comes when it is full is only counted.
    int MOST_DELIVERIES = 1_000;

    /// @param wrappedSecret the secret as the master key wrapped it, in base64; never the secret itself
    record Kept(Webhook webhook, String wrappedSecret) {
        @Override
        public String toString() {
            return "Kept[" + webhook + ", ***]";
        }
    }

    /// The right to deliver an event to a webhook, for a limited time.
    ///
    /// @param attempts that were made before
    /// @param claim fences it: with the next claim of this webhook it is over
    record Delivery(Kept to, Event event, int attempts, long claim) {}

    void add(Kept webhook);

    Optional<Kept> find(WebhookId id);

    /// Oldest first, then by id.
    List<Webhook> of(AccountId account);

    /// Of all accounts, by id.
    List<Kept> all();

    /// How many events are still to be delivered to it.
    long pending(WebhookId id);

    /// What waits for all webhooks together.
    ///
    /// @param oldest when the first of these events was
    record Waiting(long deliveries, Optional<Instant> oldest) {}

    Waiting waiting();

    /// The same secret, wrapped by another master key.
    void rewrap(WebhookId id, String wrappedSecret);

    /// With all that was to be delivered to it.
    void delete(WebhookId id);

    /// Whether [#claim] would find something now.
    boolean anyDue();

    /// Something that is due, for a webhook that is enabled and to which nobody delivers just now; of the
    /// webhooks that which was free for longest.
    ///
    /// @param until when the right is over
    Optional<Delivery> claim(Instant until);

    /// Gives the right back and writes the webhook's health, if the right is still held; else changes
    /// nothing and says so.
    ///
    /// @param rest until when nothing is delivered to the webhook
    boolean release(Delivery delivery, Webhook webhook, Instant rest);

    /// Writes its health, whoever delivers to it just now.
    void update(Webhook webhook);

    /// It was delivered, or is given up.
    void finish(WebhookId webhook, EventId event);

    /// It is to be tried again.
    void retry(WebhookId webhook, EventId event, Instant due);

    /// Nothing is to be delivered to it any more, until there are new events.
    void drop(WebhookId webhook);
}
