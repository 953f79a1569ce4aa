package org.imageferry.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.catalog.CatalogException;
import org.imageferry.cli.Running;
import org.imageferry.cli.ServeOptions;
import org.imageferry.copy.Collected;
import org.imageferry.copy.Collector;
import org.imageferry.copy.Scrubber;
import org.imageferry.ecs.action.Engine;
import org.imageferry.metrics.Metrics;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole server over one data folder: the installation, its workers and the wire.
public final class EmbeddedServer implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final DataFolder folder;
    private final Installation installation;
    private final Workers workers;
    private final Front front;
    private final Serving serving;
    private final CompletableFuture<String> reason;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private EmbeddedServer(
            DataFolder folder,
            Installation installation,
            Workers workers,
            Front front,
            Serving serving,
            CompletableFuture<String> reason) {
        this.folder = folder;
        this.installation = installation;
        this.workers = workers;
        this.front = front;
        this.serving = serving;
        this.reason = reason;
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
            Listening.check(
                    listen,
                    settings.serving().tls().isPresent(),
                    options.plainHttp() || settings.serving().plainHttp());
            DataFolder folder = DataFolder.open(options.data());
            boolean started = false;
            try {
                EmbeddedServer server =
                        start(
                                folder,
                                settings,
                                Serving.open(folder, settings, listen, System.getenv()));
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

    private static EmbeddedServer start(DataFolder folder, Settings settings, Serving serving)
            throws StartException, IOException {
        boolean started = false;
        try {
            EmbeddedServer server = started(folder, settings, serving);
            started = true;
            return server;
        } finally {
            if (!started) {
                serving.close();
            }
        }
    }

    private static EmbeddedServer started(DataFolder folder, Settings settings, Serving serving)
            throws StartException, IOException {
        SecureRandom random = new SecureRandom();
        Credentials credentials = Credentials.find(System.getenv(), folder.credentials(), random);
        Metrics metrics = serving.metrics();
        Installation installation = Installation.open(folder, settings, random, metrics);
        boolean started = false;
        try {
            installation.admit(credentials, folder.masterKey(), random);
            installation.resume();
            metrics.watch(installation.catalog(), installation.shop().regions());
            RealCourtesy courtesy = new RealCourtesy(new RealTiming());
            Engine.GarbageCollection collector =
                    watched(
                            new Collector(
                                    installation.shop(), settings.collector().grace(), courtesy),
                            metrics);
            Announcements announcements =
                    new Announcements(installation, settings.webhooks(), metrics);
            CompletableFuture<String> reason = new CompletableFuture<>();
            Workers workers =
                    new Workers(
                            installation,
                            announcements,
                            collector,
                            settings.collector().every(),
                            new Scrubber(installation.shop(), settings.scrubWithin()),
                            courtesy,
                            reason::complete);
            Front front =
                    new Front(
                            installation,
                            Engines.of(installation, collector, announcements),
                            announcements,
                            serving);
            front.start();
            workers.start();
            front.open();
            HashTrial.begin();
            started = true;
            EmbeddedServer server =
                    new EmbeddedServer(folder, installation, workers, front, serving, reason);
            var _ = reason.thenAcceptAsync(server::end, Thread::startVirtualThread);
            return server;
        } finally {
            if (!started) {
                installation.close();
            }
        }
    }

    private static Engine.GarbageCollection watched(Collector collector, Metrics metrics) {
        return (region, now) -> {
            Collected collected = collector.collect(region, now);
            metrics.collected(region, collected);
            return collected;
        };
    }

    private void end(String why) {
        LOG.atError().addKeyValue("reason", why).log("the server ends");
        stop();
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
            serving.close();
            folder.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            stopped.countDown();
        }
    }

    @Override
    public void awaitStop() throws IOException {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reason.isDone()) {
            throw new IOException(reason.join());
        }
    }
}
