package org.imageferry.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.imageferry.access.AccountAdministration;
import org.imageferry.access.CatalogKeys;
import org.imageferry.catalog.CatalogException;
import org.imageferry.cli.Running;
import org.imageferry.cli.ServeOptions;
import org.imageferry.copy.Changes;
import org.imageferry.copy.Collected;
import org.imageferry.copy.Collector;
import org.imageferry.copy.CopyPlanner;
import org.imageferry.copy.Deletions;
import org.imageferry.copy.ImageChanges;
import org.imageferry.copy.ImageCopies;
import org.imageferry.copy.ImageCreations;
import org.imageferry.copy.ImageExports;
import org.imageferry.copy.ImageImports;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.KeyChoices;
import org.imageferry.copy.RegionAdministration;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.copy.Scrubber;
import org.imageferry.copy.SnapshotChanges;
import org.imageferry.copy.SnapshotCopies;
import org.imageferry.copy.Tagging;
import org.imageferry.copy.TaskCancellations;
import org.imageferry.copy.Verifications;
import org.imageferry.copy.Workshop;
import org.imageferry.ecs.Authentication;
import org.imageferry.ecs.Desk;
import org.imageferry.ecs.EcsHandler;
import org.imageferry.ecs.EcsServer;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Gate;
import org.imageferry.ecs.Replays;
import org.imageferry.ecs.Throttle;
import org.imageferry.ecs.action.EcsActions;
import org.imageferry.ecs.action.Engine;
import org.imageferry.ecs.bucket.BucketHandler;
import org.imageferry.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole server over one data folder: the installation, its workers and the wire.
public final class EmbeddedServer implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Who checks our health waits about as long.
    private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(2);

    private final DataFolder folder;
    private final Installation installation;
    private final Workers workers;
    private final EcsServer http;
    private final Front front;
    private final Readiness readiness;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private EmbeddedServer(
            DataFolder folder,
            Installation installation,
            Workers workers,
            EcsServer http,
            Front front,
            Readiness readiness) {
        this.folder = folder;
        this.installation = installation;
        this.workers = workers;
        this.http = http;
        this.front = front;
        this.readiness = readiness;
    }

    /// Returns when requests are answered.
    ///
    /// @throws IOException if it can't start; the message says why and what to do
    public static EmbeddedServer start(ServeOptions options) throws IOException {
        try {
            InetSocketAddress listen = Listening.address(options.listen());
            Optional<Path> config = options.config();
            Settings settings =
                    (config.isPresent() ? Settings.read(config.get()) : Settings.DEFAULTS)
                            .in(System.getenv());
            ServingSettings serving = settings.serving();
            Listening.check(
                    listen, serving.tls().isPresent(), options.plainHttp() || serving.plainHttp());
            DataFolder folder = DataFolder.open(options.data());
            boolean started = false;
            try {
                Front front = Front.open(folder, settings, listen, System.getenv());
                try {
                    EmbeddedServer server = start(folder, settings, front);
                    started = true;
                    return server;
                } finally {
                    if (!started) {
                        front.close();
                    }
                }
            } finally {
                if (!started) {
                    folder.close();
                }
            }
        } catch (StartException | CatalogException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static EmbeddedServer start(DataFolder folder, Settings settings, Front front)
            throws StartException, IOException {
        SecureRandom random = new SecureRandom();
        Credentials credentials = Credentials.find(System.getenv(), folder.credentials(), random);
        Metrics metrics = front.metrics();
        Installation installation = Installation.open(folder, settings, random, metrics);
        boolean started = false;
        try {
            installation.admit(credentials, folder.masterKey(), random);
            installation.resume();
            metrics.watch(installation.catalog(), installation.shop().regions());
            RealCourtesy courtesy = new RealCourtesy();
            Engine.GarbageCollection collector =
                    watched(
                            new Collector(
                                    installation.shop(), settings.collector().grace(), courtesy),
                            metrics);
            Workers workers =
                    new Workers(
                            installation,
                            collector,
                            settings.collector().every(),
                            new Scrubber(installation.shop(), settings.scrubWithin()),
                            courtesy);
            Readiness readiness = readiness(installation);
            EcsServer http = wire(installation, collector, readiness, front);
            http.start();
            workers.start();
            readiness.open();
            started = true;
            return new EmbeddedServer(folder, installation, workers, http, front, readiness);
        } finally {
            if (!started) {
                installation.close();
            }
        }
    }

    private static Readiness readiness(Installation installation) {
        CatalogProbe probe =
                new CatalogProbe(
                        installation.catalog(), Thread::startVirtualThread, CATALOG_PATIENCE);
        return new Readiness(probe, installation.shop().regions());
    }

    private static EcsServer wire(
            Installation installation,
            Engine.GarbageCollection collector,
            Readiness readiness,
            Front front) {
        Workshop shop = installation.shop();
        InstantSource clock = InstantSource.system();
        Edge edge =
                new Edge(
                        () -> UUID.randomUUID().toString().toUpperCase(Locale.ROOT), front.watch());
        Authentication authentication =
                new Authentication(
                        new CatalogKeys(installation.catalog(), installation.master()), clock);
        Replays replays = new Replays(clock);
        Gate gate = new Gate(new Throttle(clock));
        Desk desk = new Desk(replays, gate, EcsActions.of(engine(installation, collector)));
        List<Handler> handlers = new ArrayList<>(front.handlers(readiness));
        handlers.add(new EcsHandler(edge, authentication, desk));
        handlers.add(
                new BucketHandler(
                        edge, authentication, replays, gate, shop.regions(), shop.buckets()));
        return new EcsServer(
                front.listen(), handlers, edge, PATIENCE, front.tls().map(Tls::factory));
    }

    private static Engine.GarbageCollection watched(Collector collector, Metrics metrics) {
        return (region, now) -> {
            Collected collected = collector.collect(region, now);
            metrics.collected(region, collected);
            return collected;
        };
    }

    private static Engine engine(Installation installation, Engine.GarbageCollection collector) {
        Workshop shop = installation.shop();
        KeyChoices keys = installation.choices();
        Changes changes = new Changes(shop.catalog());
        CopyPlanner planner = new CopyPlanner(shop, keys);
        return new Engine(
                shop.catalog(),
                shop.regions(),
                new ImageCopies(changes, shop.regions(), keys, shop.ids()),
                new ImageChanges(changes, shop.regions()),
                new ImageSharing(changes, shop.regions(), keys),
                new ImageImports(changes, shop.regions(), shop.buckets(), keys, shop.ids()),
                new ImageExports(changes, shop.regions(), shop.buckets(), keys, shop.ids()),
                new ImageCreations(changes, shop.regions(), shop.ids()),
                new SnapshotCopies(changes, shop.regions(), keys, shop.ids()),
                new SnapshotChanges(changes),
                new Deletions(changes, shop.regions()),
                new Tagging(changes, shop.regions()),
                new ResourceGrouping(changes, shop.regions(), shop.ids()),
                new RegionAdministration(changes, shop.regions()),
                new TaskCancellations(changes),
                new Verifications(changes, shop.regions(), shop.ids()),
                AccountAdministration.of(
                        shop.catalog(), installation.master(), installation.random()),
                installation.keyRequests(changes),
                collector,
                (caller, region, image, destination, encrypted, key) ->
                        planner.plan(caller.account(), region, image, destination, encrypted, key));
    }

    @Override
    public String endpoint() {
        return front.endpoint(http.port());
    }

    @Override
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            drain();
            http.close();
            workers.close();
            installation.close();
            front.close();
            folder.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            stopped.countDown();
        }
    }

    /// Who sends us requests is told to stop that, and given the time to hear it.
    private void drain() {
        readiness.drain();
        LOG.atInfo().addKeyValue("delay", front.drainDelay()).log("draining");
        try {
            Thread.sleep(front.drainDelay());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // then without delay
        }
    }

    @Override
    public void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
