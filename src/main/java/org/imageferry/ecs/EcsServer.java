package org.imageferry.ecs;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// An HTTP server with bounds on all that a stranger could make it hold: connections, requests at
/// once, headers, time without a byte. Bodies are bounded by who reads them.
public final class EcsServer implements AutoCloseable {
    private static final int MOST_REQUESTS_AT_ONCE = 1_000;
    private static final int MOST_CONNECTIONS = 4_000;

    /// Clients put all parameters in the query; twenty tags of 256 Chinese letters take 50 KB there.
    private static final int MOST_HEADER_BYTES = 64 << 10;

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final InetSocketAddress listen;
    private final Server server;
    private final ServerConnector connector;

    /// @param listen port 0 takes any free one
    /// @param handlers asked in turn, each for what it knows
    /// @param edge answers what no handler could
    /// @param patience how long requests under way may take when the server is closed
    public EcsServer(
            InetSocketAddress listen, List<Handler> handlers, Edge edge, Duration patience) {
        this(listen, handlers, edge, patience, Optional.empty());
    }

    /// @param tls what HTTP is spoken through; plain HTTP if empty
    public EcsServer(
            InetSocketAddress listen,
            List<Handler> handlers,
            Edge edge,
            Duration patience,
            Optional<SslContextFactory.Server> tls) {
        this.listen = listen;
        VirtualThreadPool threads = new VirtualThreadPool(MOST_REQUESTS_AT_ONCE);
        threads.setName("http");
        this.server = new Server(threads);
        this.connector = connector(server, tls);
        connector.setHost(listen.getHostString());
        connector.setPort(listen.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setHandler(new GracefulHandler(new Handler.Sequence(handlers)));
        server.setErrorHandler(new HttpErrors(edge));
        server.setStopTimeout(patience.toMillis());
    }

    private static ServerConnector connector(
            Server server, Optional<SslContextFactory.Server> tls) {
        HttpConfiguration configuration = configuration();
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        if (tls.isEmpty()) {
            return new ServerConnector(server, http);
        }
        // Whether the name fits is the client's to see: people call servers by addresses, too.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, new SslConnectionFactory(tls.get(), http.getProtocol()), http);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MOST_HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setUriCompliance(
                UriCompliance.DEFAULT.with(
                        "object-keys", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        return http;
    }

    /// Returns once requests are taken.
    ///
    /// @throws IOException if the address can't be listened on; the message says what to do
    public void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException("cannot listen on " + address() + ": " + hint(e), e);
        }
    }

    private String address() {
        return listen.getHostString() + ":" + listen.getPort();
    }

    private static String hint(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return cause.getMessage()
                        + ": if another server is running there, stop it, or choose another address"
                        + " with --listen HOST:PORT";
            }
            if (cause instanceof UnresolvedAddressException) {
                return "this host name has no address; choose another with --listen HOST:PORT";
            }
        }
        return String.valueOf(e.getMessage());
    }

    /// The port that is listened on, also when any free one was asked for.
    public int port() {
        return connector.getLocalPort();
    }

    /// Takes no more requests, lets those under way end, and stops.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }
}
