package org.imageferry.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.imageferry.settings.StartException;
import org.imageferry.settings.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's TLS, whose certificate can be exchanged while it runs: the files are looked at every ten
/// seconds. A pair that can't be used is said once, and the one before stays.
final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /// Older ones are broken. Source: RFC 8996.
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final TlsSettings files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What was looked at last, good or not.
    private String seen;

    private String complaint = "";

    private Tls(TlsSettings files, PemPair pair) {
        this.files = files;
        this.seen = pair.text();
        factory.setIncludeProtocols(PROTOCOLS);
        use(factory, pair);
    }

    /// @throws StartException if the certificate can't be used
    static Tls open(TlsSettings files) throws StartException {
        PemPair pair = PemPair.read(files);
        Tls tls = new Tls(files, pair);
        told(pair, "certificate loaded");
        Thread.ofPlatform().daemon().name("certificate").start(tls::watch);
        return tls;
    }

    private static void use(SslContextFactory.Server factory, PemPair pair) {
        factory.setKeyStore(pair.keyStore());
        factory.setKeyStorePassword("");
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    private void watch() {
        try {
            while (!closed.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes what the files hold, if that is something else than before, and fits.
    synchronized void look() {
        try {
            String now = PemPair.text(files);
            if (!now.equals(seen)) {
                seen = now;
                PemPair pair = PemPair.read(files);
                factory.reload(it -> use((SslContextFactory.Server) it, pair));
                complaint = "";
                told(pair, "certificate changed");
            }
        } catch (StartException e) {
            refused(Optional.ofNullable(e.getMessage()).orElse(""));
        } catch (Exception e) {
            refused(String.valueOf(e));
        }
    }

    /// Files that are not there are said once, too.
    private void refused(String reason) {
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.atError()
                    .addKeyValue("reason", reason)
                    .log("the certificate can't be used; the one before stays in use");
        }
    }

    private static void told(PemPair pair, String what) {
        Instant end = pair.chain().getFirst().getNotAfter().toInstant();
        boolean over = end.isBefore(Instant.now());
        (over ? LOG.atError() : LOG.atInfo())
                .addKeyValue("subject", pair.chain().getFirst().getSubjectX500Principal())
                .addKeyValue("until", end)
                .log(over ? "the certificate has expired" : what);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
