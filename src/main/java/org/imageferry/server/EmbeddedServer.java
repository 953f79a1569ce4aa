package org.imageferry.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.catalog.CatalogException;
import org.imageferry.cli.Running;
import org.imageferry.cli.ServeOptions;
import org.imageferry.copy.Collected;
import org.imageferry.copy.Collector;
import org.imageferry.copy.Scrubber;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.action.Engine;
import org.imageferry.metrics.Metrics;

/// A whole server over one data folder: the installation, its workers and the wire.
public final class EmbeddedServer implements Running {
    private static final int MOST_PORT = 65_535;

    private final DataFolder folder;
    private final Installation installation;
    private final Workers workers;
    private final Front front;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private EmbeddedServer(
            DataFolder folder, Installation installation, Workers workers, Front front) {
        this.folder = folder;
        this.installation = installation;
        this.workers = workers;
        this.front = front;
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
        Metrics metrics = metrics(settings);
        MetricsReaders readers =
                MetricsReaders.of(settings.serving().metricsTokenEnv(), System.getenv());
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
            Announcements announcements = new Announcements(installation, settings.webhooks());
            Workers workers =
                    new Workers(
                            installation,
                            announcements,
                            collector,
                            settings.collector().every(),
                            new Scrubber(installation.shop(), settings.scrubWithin()),
                            courtesy);
            Front front =
                    new Front(
                            installation,
                            Engines.of(installation, collector, announcements),
                            announcements,
                            metrics,
                            readers,
                            listen,
                            settings.serving().drainDelay());
            front.start();
            workers.start();
            front.open();
            started = true;
            return new EmbeddedServer(folder, installation, workers, front);
        } finally {
            if (!started) {
                installation.close();
            }
        }
    }

    private static Metrics metrics(Settings settings) {
        List<RegionId> regions = settings.regions().stream().map(Settings.Region::id).toList();
        String version =
                Optional.ofNullable(EmbeddedServer.class.getPackage().getImplementationVersion())
                        .orElse("development");
        return new Metrics(regions, version, System::nanoTime);
    }

    private static Engine.GarbageCollection watched(Collector collector, Metrics metrics) {
        return (region, now) -> {
            Collected collected = collector.collect(region, now);
            metrics.collected(region, collected);
            return collected;
        };
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
        return front.endpoint();
    }

    @Override
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            front.close();
            workers.close();
            installation.close();
            folder.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            stopped.countDown();
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
