package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.imageferry.catalog.CatalogException;
import org.imageferry.store.s3.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL whose certificate is not to be trusted: all that is known of it is how it begins to speak.
class PostgresTlsTest {
    /// The client asks whether it may speak TLS, in so many bytes. Source: PostgreSQL's manual, "Message
    /// Formats", `SSLRequest`.
    private static final int REQUEST_BYTES = 8;

    @TempDir private Path folder;

    private static Thread serve(ServerSocket entry, SSLContext context) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            greet(entry.accept(), context);
                        }
                    } catch (IOException e) {
                        // closed
                    }
                });
    }

    private static void greet(Socket client, SSLContext context) throws IOException {
        try (client) {
            client.getInputStream().readNBytes(REQUEST_BYTES);
            client.getOutputStream().write('S');
            try (SSLSocket safe =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(client, null, client.getPort(), false)) {
                safe.setUseClientMode(false);
                safe.startHandshake();
            } catch (IOException e) {
                // the client does not trust us
            }
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsTold() throws Exception {
        SSLContext unknown = new TestCertificates(folder).unknown();
        try (ServerSocket entry = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = serve(entry, unknown);
            PostgresAddress address =
                    new PostgresAddress(
                            List.of(new PostgresAddress.Host("127.0.0.1", entry.getLocalPort())),
                            "images",
                            "ferry",
                            Map.of("sslmode", "verify-full"),
                            Optional.of("secret"));
            assertThatThrownBy(() -> PostgresDatabase.at(address).version())
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("can't be reached safely")
                    .hasMessageContaining("check the server's certificate and sslrootcert");
            entry.close();
            server.join();
        }
    }
}
