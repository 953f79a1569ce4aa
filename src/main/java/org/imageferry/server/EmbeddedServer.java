package org.imageferry.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.access.AccountAdministration;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Keys;
import org.imageferry.catalog.CatalogException;
import org.imageferry.cli.Running;
import org.imageferry.cli.ServeOptions;
import org.imageferry.console.ConsoleHandler;
import org.imageferry.console.Pulse;
import org.imageferry.copy.Changes;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole server over one data folder: the installation, its workers and the wire.
public final class EmbeddedServer implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Who checks our health waits about as long.
    private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_PORT = 65_535;

    private final DataFolder folder;
    private final Installation installation;
    private final Workers workers;
    private final EcsServer http;
    private final StoppablePulse pulse;
    private final String host;
    private final Readiness readiness;
    private final Duration drainDelay;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private EmbeddedServer(
            DataFolder folder,
            Installation installation,
            Workers workers,
            EcsServer http,
            StoppablePulse pulse,
            String host,
            Readiness readiness,
            Duration drainDelay) {
        this.folder = folder;
        this.installation = installation;
        this.workers = workers;
        this.http = http;
        this.pulse = pulse;
        this.host = host;
        this.readiness = readiness;
        this.drainDelay = drainDelay;
    }

    /// Returns when requests are answered.
    ///
    /// @throws IOException if it can't start; the message says why and what to do
    public static EmbeddedServer start(ServeOptions options) throws IOException {
        try {
            InetSocketAddress listen = address(options.listen());
            Optional<Path> config = options.config();
            Settings settings =
                    (config.isPresent() ? Settings.read(config.get()) : Settings.DEFAULTS)
                            .in(System.getenv());
            DataFolder folder = DataFolder.open(options.data());
            boolean started = false;
            try {
                EmbeddedServer server = start(folder, settings, listen);
                started = true;
                return server;
            } finally {
                if (!started) {
                    folder.close();
                }
            }
        } catch (StartException | CatalogException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static EmbeddedServer start(
            DataFolder folder, Settings settings, InetSocketAddress listen)
            throws StartException, IOException {
        SecureRandom random = new SecureRandom();
        Credentials credentials = Credentials.find(System.getenv(), folder.credentials(), random);
        Installation installation = Installation.open(folder, settings, random);
        boolean started = false;
        try {
            installation.admit(credentials, folder.masterKey(), random);
            installation.resume();
            RealCourtesy courtesy = new RealCourtesy();
            Collector collector =
                    new Collector(installation.shop(), settings.collector().grace(), courtesy);
            Workers workers =
                    new Workers(
                            installation,
                            collector,
                            settings.collector().every(),
                            new Scrubber(installation.shop(), settings.scrubWithin()),
                            courtesy);
            Readiness readiness = readiness(installation);
            StoppablePulse pulse = new StoppablePulse();
            EcsServer http = wire(installation, collector, readiness, pulse, listen);
            http.start();
            workers.start();
            readiness.open();
            started = true;
            return new EmbeddedServer(
                    folder,
                    installation,
                    workers,
                    http,
                    pulse,
                    listen.getHostString(),
                    readiness,
                    settings.serving().drainDelay());
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
            Collector collector,
            Readiness readiness,
            Pulse pulse,
            InetSocketAddress listen) {
        Workshop shop = installation.shop();
        InstantSource clock = InstantSource.system();
        Edge edge = new Edge(() -> UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
        Keys keys = new CatalogKeys(installation.catalog(), installation.master());
        Authentication authentication = new Authentication(keys, clock);
        Replays replays = new Replays(clock);
        Gate gate = new Gate(new Throttle(clock));
        Desk desk = new Desk(replays, gate, EcsActions.of(engine(installation, collector)));
        return new EcsServer(
                listen,
                List.of(
                        new HealthHandler(readiness),
                        new ConsoleHandler(
                                desk,
                                keys,
                                new ConsoleSeal(installation.master()),
                                pulse,
                                () -> UUID.randomUUID().toString(),
                                clock),
                        new EcsHandler(edge, authentication, desk),
                        new BucketHandler(
                                edge,
                                authentication,
                                replays,
                                gate,
                                shop.regions(),
                                shop.buckets())),
                edge,
                PATIENCE);
    }

    private static Engine engine(Installation installation, Collector collector) {
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
                collector::collect,
                (caller, region, image, destination, encrypted, key) ->
                        planner.plan(caller.account(), region, image, destination, encrypted, key));
    }

    /// @param text `HOST:PORT`; an IPv6 host stands in brackets
    private static InetSocketAddress address(String text) throws StartException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|]$", "");
        String port = text.substring(colon + 1);
        boolean good = !host.isEmpty() && port.matches("[0-9]{1,5}");
        if (!good || Integer.parseInt(port) > MOST_PORT) {
            throw new StartException(
                    "can't listen on \"" + text + "\": give HOST:PORT, such as 127.0.0.1:8440");
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    @Override
    public String endpoint() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + http.port();
    }

    @Override
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            drain();
            pulse.stop();
            http.close();
            workers.close();
            installation.close();
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
        LOG.atInfo().addKeyValue("delay", drainDelay).log("draining");
        try {
            Thread.sleep(drainDelay);
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
