package org.imageferry.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Webhooks;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.kms.MasterKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells webhooks of events; any number of nodes may run it.
///
/// Each event reaches each webhook that wants it at least once, if it can be reached within a day. One node
/// claims one delivery to a webhook at a time; should it die, another makes it again. So a receiver may
/// get one twice, and not always in order.
public final class Deliverer {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    /// Longer than a try takes, with some time for a slow look-up of a name.
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 32;

    private final Catalog catalog;
    private final Attempt attempt;
    private final Retries retries;
    private final Executor executor;
    private final Runnable wake;
    private final Watch watch;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private volatile boolean closed;

    /// Is told of each attempt to deliver something. Any number of threads may tell.
    public interface Watch {
        void tried(Result result);
    }

    /// How an attempt went.
    public enum Result {
        DELIVERED,
        /// It was answered, but not that it was delivered.
        REFUSED,
        UNANSWERED
    }

    /// @param executor runs deliveries; one that blocks holds up no other
    /// @param wake is called when there may be more to deliver
    public Deliverer(
            Catalog catalog,
            MasterKey master,
            Outside outside,
            RandomGenerator random,
            Executor executor,
            Runnable wake,
            Watch watch) {
        this(
                catalog,
                new Attempt(new Poster(outside), master, outside.clock()),
                random,
                executor,
                wake,
                watch);
    }

    Deliverer(
            Catalog catalog,
            Attempt attempt,
            RandomGenerator random,
            Executor executor,
            Runnable wake,
            Watch watch) {
        this.catalog = catalog;
        this.attempt = attempt;
        this.retries = new Retries(random);
        this.executor = executor;
        this.wake = wake;
        this.watch = watch;
    }

    /// Begins one delivery, if there is one to make.
    ///
    /// @return whether it did
    public boolean step() {
        if (closed || !places.tryAcquire()) {
            return false;
        }
        boolean begun = false;
        try {
            Optional<Webhooks.Delivery> next = claim();
            next.ifPresent(delivery -> executor.execute(() -> run(delivery)));
            begun = next.isPresent();
            return begun;
        } finally {
            if (!begun) {
                places.release();
            }
        }
    }

    private Optional<Webhooks.Delivery> claim() {
        if (!catalog.read(tables -> tables.webhooks().anyDue())) {
            return Optional.empty();
        }
        return catalog.write(tables -> tables.webhooks().claim(tables.now().plus(CLAIM)));
    }

    private void run(Webhooks.Delivery delivery) {
        try {
            Attempt.Outcome outcome = attempt.make(delivery.to(), Message.of(delivery.event()));
            if (closed && outcome.error().isPresent()) {
                return; // we broke it off ourselves
            }
            watch.tried(outcome.result());
            log(delivery, outcome);
            catalog.write(tables -> {
                end(tables, delivery, outcome);
                return delivery;
            });
        } catch (RuntimeException e) {
            // Its claim runs out, and it is made again.
            LOG.atError().addKeyValue("webhook", id(delivery)).setCause(e).log("delivery lost");
        } finally {
            places.release();
            wake.run();
        }
    }

    /// Begins no more deliveries, and takes those that fail from now on for broken off: they are made again
    /// when their claims have run out.
    public void close() {
        closed = true;
    }

    private void end(Tables tables, Webhooks.Delivery delivery, Attempt.Outcome outcome) {
        Instant now = tables.now();
        Webhook webhook = delivery.to().webhook();
        Optional<WebhookHealth> before =
                tables.webhooks().find(webhook.id()).map(kept -> kept.webhook().health());
        if (before.isEmpty()) {
            return; // it was deleted meanwhile
        }
        WebhookHealth health =
                outcome.error()
                        .map(error -> before.get().failed(now, error, outcome.gone()))
                        .orElseGet(() -> before.get().delivered(now));
        Instant rest =
                outcome.error().isPresent() ? now.plus(Retries.rest(health.failures())) : now;
        if (tables.webhooks().release(delivery, webhook.with(health), rest)) {
            settle(tables, delivery, outcome, health);
        }
    }

    private void settle(
            Tables tables,
            Webhooks.Delivery delivery,
            Attempt.Outcome outcome,
            WebhookHealth health) {
        Webhooks webhooks = tables.webhooks();
        if (!health.enabled()) {
            webhooks.drop(delivery.to().webhook().id());
            return;
        }
        Optional<Instant> again =
                outcome.error().isEmpty()
                        ? Optional.empty()
                        : retries.next(
                                delivery.attempts() + 1, delivery.event().end().at(), tables.now());
        again.ifPresentOrElse(
                due -> webhooks.retry(id(delivery), delivery.event().id(), due),
                () -> webhooks.finish(id(delivery), delivery.event().id()));
    }

    private static WebhookId id(Webhooks.Delivery delivery) {
        return delivery.to().webhook().id();
    }

    private static void log(Webhooks.Delivery delivery, Attempt.Outcome outcome) {
        LOG.atInfo()
                .addKeyValue("webhook", id(delivery))
                .addKeyValue("event", delivery.event().id())
                .addKeyValue("attempt", delivery.attempts() + 1)
                .addKeyValue("outcome", outcome.error().orElse("delivered"))
                .log("webhook told");
    }
}
