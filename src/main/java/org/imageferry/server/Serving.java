package org.imageferry.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.CallWatch;
import org.imageferry.metrics.Metrics;
import org.imageferry.settings.ServingSettings;
import org.imageferry.settings.Settings;
import org.imageferry.settings.StartException;

/// How a server serves: where it listens and how, who may read its metrics, who is told of calls, and how it takes
/// its leave.
///
/// @param behindTls whether a proxy ends TLS before it
record Serving(
        InetSocketAddress listen,
        Metrics metrics,
        MetricsReaders readers,
        Optional<Tls> tls,
        boolean behindTls,
        Optional<AuditLog> audit,
        Duration drainDelay)
        implements AutoCloseable {

    /// @throws StartException if the certificate or the audit log can't be used, or the token is missing
    static Serving open(
            DataFolder folder,
            Settings settings,
            InetSocketAddress listen,
            Map<String, String> environment)
            throws StartException {
        ServingSettings serving = settings.serving();
        MetricsReaders readers = MetricsReaders.of(serving.metricsTokenEnv(), environment);
        Optional<AuditLog> audit = audit(folder, serving.audit());
        boolean opened = false;
        try {
            Optional<Tls> tls =
                    serving.tls().isPresent()
                            ? Optional.of(Tls.open(serving.tls().get()))
                            : Optional.empty();
            opened = true;
            return new Serving(
                    listen,
                    metrics(settings),
                    readers,
                    tls,
                    serving.behindTls(),
                    audit,
                    serving.drainDelay());
        } finally {
            if (!opened) {
                audit.ifPresent(AuditLog::close);
            }
        }
    }

    private static Optional<AuditLog> audit(DataFolder folder, ServingSettings.Audit settings)
            throws StartException {
        if (settings.off()) {
            return Optional.empty();
        }
        AuditFile file = AuditFile.open(settings.file().orElse(folder.audit()));
        return Optional.of(new AuditLog(file, settings.reads(), InstantSource.system()));
    }

    private static Metrics metrics(Settings settings) {
        List<RegionId> regions = settings.regions().stream().map(Settings.Region::id).toList();
        String version =
                Optional.ofNullable(Serving.class.getPackage().getImplementationVersion())
                        .orElse("development");
        return new Metrics(regions, version, System::nanoTime);
    }

    CallWatch watch() {
        return new CallBook(metrics, audit);
    }

    /// Where a server on this port is reached.
    String endpoint(int port) {
        String host = listen.getHostString();
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (tls.isPresent() ? "https://" : "http://") + name + ":" + port;
    }

    @Override
    public void close() {
        tls.ifPresent(Tls::close);
        audit.ifPresent(AuditLog::close);
    }
}
