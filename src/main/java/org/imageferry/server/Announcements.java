package org.imageferry.server;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.imageferry.events.Deliverer;
import org.imageferry.events.EventFeed;
import org.imageferry.events.Outside;
import org.imageferry.events.WebhookRequests;
import org.imageferry.metrics.Metrics;
import org.imageferry.settings.WebhookSettings;

/// All in a server that tells of events.
final class Announcements implements AutoCloseable {
    /// What is not delivered by then is delivered again after the next start.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Bells bells;
    private final EventFeed feed;
    private final WebhookRequests webhooks;
    private final Deliverer deliverer;
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();

    Announcements(Installation installation, WebhookSettings settings, Metrics metrics) {
        this.bells = installation.bells();
        this.feed =
                new EventFeed(
                        installation.catalog(),
                        new BellHints(bells.ofAll()),
                        InstantSource.system());
        Outside outside =
                new Outside(
                        settings.privateAddresses(),
                        host -> List.of(InetAddress.getAllByName(host)),
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        InstantSource.system());
        this.webhooks =
                new WebhookRequests(
                        installation.catalog(),
                        installation.master(),
                        outside,
                        installation.random());
        this.deliverer =
                new Deliverer(
                        installation.catalog(),
                        installation.master(),
                        outside,
                        installation.random(),
                        deliveries,
                        bells.ofAll()::ring,
                        result -> metrics.triedWebhook(result.name().toLowerCase(Locale.ROOT)));
    }

    EventFeed feed() {
        return feed;
    }

    WebhookRequests webhooks() {
        return webhooks;
    }

    Deliverer deliverer() {
        return deliverer;
    }

    /// Nobody waits for events any more, and what is being delivered is given up after a moment.
    @Override
    public void close() {
        feed.close();
        bells.ringAll();
        deliverer.close();
        deliveries.shutdown();
        try {
            if (!deliveries.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                deliveries.shutdownNow();
                boolean _ = deliveries.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
