package org.imageferry.server;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.jetty.server.Handler;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Keys;
import org.imageferry.console.ConsoleHandler;
import org.imageferry.console.Desks;
import org.imageferry.copy.Workshop;
import org.imageferry.ecs.Authentication;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.Desk;
import org.imageferry.ecs.EcsHandler;
import org.imageferry.ecs.EcsServer;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Gate;
import org.imageferry.ecs.Replays;
import org.imageferry.ecs.Throttle;
import org.imageferry.ecs.action.EcsActions;
import org.imageferry.ecs.action.Engine;
import org.imageferry.ecs.bucket.BucketDesk;
import org.imageferry.ecs.bucket.BucketHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The side of a server that is turned to the network: who is asked about each request, and in which order.
final class Front implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Who checks our health waits about as long.
    private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(2);

    private final Serving serving;
    private final Readiness readiness;
    private final Announcements announcements;
    private final StoppablePulse pulse = new StoppablePulse();
    private final EcsServer http;

    /// @param engine what actions ask for
    Front(Installation installation, Engine engine, Announcements announcements, Serving serving) {
        this.serving = serving;
        this.announcements = announcements;
        this.readiness = readiness(installation);
        Workshop shop = installation.shop();
        InstantSource clock = InstantSource.system();
        CallWatch watch = serving.watch();
        Edge edge = new Edge(() -> UUID.randomUUID().toString().toUpperCase(Locale.ROOT), watch);
        Keys keys = new CatalogKeys(installation.catalog(), installation.master());
        Authentication authentication = new Authentication(keys, clock);
        Replays replays = new Replays(clock, installation.random());
        Gate gate = new Gate(new Throttle(clock));
        Desk desk = new Desk(replays, gate, EcsActions.of(engine));
        BucketDesk buckets = new BucketDesk(gate, shop.regions(), shop.buckets());
        List<Handler> handlers =
                List.of(
                        new HealthHandler(readiness),
                        new MetricsHandler(serving.metrics(), serving.readers()),
                        new ConsoleHandler(
                                new Desks(desk, buckets, edge, watch),
                                keys,
                                ConsoleSeal.of(installation.master()),
                                serving.behindTls(),
                                pulse,
                                () -> UUID.randomUUID().toString(),
                                clock),
                        new EcsHandler(edge, authentication, desk),
                        new BucketHandler(edge, authentication, replays, buckets));
        this.http =
                new EcsServer(
                        serving.listen(),
                        handlers,
                        edge,
                        PATIENCE,
                        serving.tls().map(Tls::factory));
    }

    private static Readiness readiness(Installation installation) {
        CatalogProbe probe =
                new CatalogProbe(
                        installation.catalog(), Thread::startVirtualThread, CATALOG_PATIENCE);
        return new Readiness(
                probe, installation.shop().regions(), installation.presence()::draining);
    }

    /// Returns once requests are taken; it is not said to be ready yet.
    void start() throws IOException {
        http.start();
    }

    /// Says that it is ready.
    void open() {
        readiness.open();
    }

    String endpoint() {
        return serving.endpoint(http.port());
    }

    /// Who sends us requests is told to stop that, and given the time to hear it; those under way may end.
    @Override
    public void close() {
        readiness.drain();
        LOG.atInfo().addKeyValue("delay", serving.drainDelay()).log("draining");
        try {
            Thread.sleep(serving.drainDelay());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // then without delay
        }
        announcements.close();
        pulse.stop();
        http.close();
    }
}
