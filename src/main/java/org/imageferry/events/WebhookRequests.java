package org.imageferry.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.RequestedChanges;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Webhooks;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.EventType;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.domain.WebhookUrl;
import org.imageferry.kms.MasterKey;

/// Takes requests for webhooks. An account sees and changes its own; nobody ever sees a secret again.
public final class WebhookRequests {
    /// Of an account.
    public static final int MOST = 20;

    private static final int MOST_TESTS_AT_ONCE = 8;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LETTERS = 20;

    private final Catalog catalog;
    private final RequestedChanges changes;
    private final MasterKey master;
    private final Outside outside;
    private final Attempt attempt;
    private final RandomGenerator random;
    private final Semaphore tests = new Semaphore(MOST_TESTS_AT_ONCE);

    /// Who asks for a change.
    ///
    /// @param nonce what makes it count once
    public record Order(AccountId account, String accessKey, String nonce) {}

    /// @param secret is shown this once, and never again
    public record Created(Webhook webhook, WebhookSecret secret) {}

    /// @param pending events that are still to be delivered to it
    public record Shown(Webhook webhook, long pending) {}

    /// How a test went.
    ///
    /// @param status of the answer, if there was one
    /// @param error nothing if it was delivered
    public record Tested(Optional<Integer> status, Optional<String> error, Duration time) {}

    /// @param random any number of threads may ask it; unpredictable outside of tests
    public WebhookRequests(
            Catalog catalog, MasterKey master, Outside outside, RandomGenerator random) {
        this.catalog = catalog;
        this.changes = new RequestedChanges(catalog);
        this.master = master;
        this.outside = outside;
        this.attempt = new Attempt(new Poster(outside), master, outside.clock());
        this.random = random;
    }

    /// @param types none means all
    /// @throws RefusedException `Address`, `TooMany`
    public Created create(Order order, WebhookUrl url, List<EventType> types) {
        outside.check(url);
        WebhookId id = new WebhookId("wh-" + letters());
        WebhookSecret secret = WebhookSecret.make(random);
        String wrapped = secret.wrap(master, id);
        Webhook webhook =
                changes.make(
                        order.accessKey(),
                        order.nonce(),
                        tables -> {
                            checkRoom(tables, order.account());
                            Webhook made =
                                    new Webhook(
                                            id,
                                            order.account(),
                                            url,
                                            types,
                                            tables.now(),
                                            WebhookHealth.NEW);
                            tables.webhooks().add(new Webhooks.Kept(made, wrapped));
                            return made;
                        });
        return new Created(webhook, secret);
    }

    private static void checkRoom(Tables tables, AccountId account) {
        if (tables.webhooks().of(account).size() >= MOST) {
            throw new RefusedException(new Refusal.Access.TooMany("webhooks of an account", MOST));
        }
    }

    private String letters() {
        StringBuilder text = new StringBuilder(ID_LETTERS);
        for (int i = 0; i < ID_LETTERS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /// Oldest first.
    public List<Shown> list(AccountId account) {
        return catalog.read(tables ->
                tables.webhooks().of(account).stream()
                        .map(it -> new Shown(it, tables.webhooks().pending(it.id())))
                        .toList());
    }

    /// What was to be delivered to it is not any more.
    ///
    /// @throws RefusedException `Unknown`
    public void delete(Order order, WebhookId id) {
        changes.make(
                order.accessKey(),
                order.nonce(),
                tables -> {
                    own(tables, order.account(), id);
                    tables.webhooks().delete(id);
                    return id;
                });
    }

    /// Sends a message of its own kind, now. If that is delivered, a webhook that was disabled is enabled
    /// again.
    ///
    /// @throws RefusedException `Unknown`, `TooManyTests`
    public Tested test(AccountId account, WebhookId id) {
        Webhooks.Kept kept = catalog.read(tables -> own(tables, account, id));
        if (!tests.tryAcquire()) {
            throw new RefusedException(new Refusal.OfWebhook.TooManyTests(MOST_TESTS_AT_ONCE));
        }
        try {
            Instant begin = outside.clock().instant();
            Message message = Message.test("test-" + letters(), id, begin);
            Attempt.Outcome outcome = attempt.make(kept, message);
            Duration time = Duration.between(begin, outside.clock().instant());
            remember(id, outcome);
            return new Tested(outcome.status(), outcome.error(), time);
        } finally {
            tests.release();
        }
    }

    /// A failed test changes nothing: it is seen by who asked for it.
    private void remember(WebhookId id, Attempt.Outcome outcome) {
        if (outcome.error().isPresent()) {
            return;
        }
        catalog.write(tables -> {
            tables.webhooks()
                    .find(id)
                    .map(Webhooks.Kept::webhook)
                    .map(it -> it.with(it.health().delivered(tables.now())))
                    .ifPresent(tables.webhooks()::update);
            return id;
        });
    }

    private static Webhooks.Kept own(Tables tables, AccountId account, WebhookId id) {
        return tables.webhooks()
                .find(id)
                .filter(kept -> kept.webhook().account().equals(account))
                .orElseThrow(() -> new RefusedException(new Refusal.OfWebhook.Unknown(id.value())));
    }
}
