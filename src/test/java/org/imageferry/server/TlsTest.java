package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.EcsServer;
import org.imageferry.ecs.Edge;
import org.imageferry.settings.StartException;
import org.imageferry.settings.TlsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
    @TempDir private Path folder;

    @Test
    void aNewCertificateIsTakenWhileTheServerRunsAndABadOneIsNot() throws Exception {
        TestCertificate first = TestCertificate.make(folder, "EC");
        TestCertificate second = TestCertificate.make(folder, "RSA");
        TlsSettings files = first.writtenTo(folder);
        try (Tls tls = Tls.open(files);
                EcsServer server = server(tls)) {
            server.start();
            assertThat(answers(server, first)).isTrue();

            Files.writeString(files.certificate(), second.certificatePem());
            tls.look(); // the key is not the new one's yet
            assertThat(answers(server, first)).isTrue();

            Files.writeString(files.key(), second.keyPem());
            tls.look();
            assertThat(answers(server, second)).isTrue();
            assertThat(answers(server, first)).isFalse();

            Files.delete(files.certificate());
            tls.look();
            assertThat(answers(server, second)).isTrue();
        }
    }

    private static EcsServer server(Tls tls) {
        return new EcsServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(),
                new Edge(() -> "ID", CallWatch.NONE),
                Duration.ofSeconds(1),
                Optional.of(tls.factory()));
    }

    /// Whether a client that believes this certificate alone gets an answer.
    private static boolean answers(EcsServer server, TestCertificate certificate) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/nothing");
            return client.send(
                                    HttpRequest.newBuilder(uri).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 404;
        } catch (SSLException _) {
            return false;
        }
    }

    @Test
    void onlyVersionsOfTlsThatHoldAreSpoken() throws Exception {
        try (Tls tls = Tls.open(TestCertificate.make(folder, "EC").writtenTo(folder))) {
            assertThat(tls.factory().getIncludeProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        }
    }

    @Test
    void filesThatDoNotFitAreSaidWithWhatToDo() throws Exception {
        TestCertificate own = TestCertificate.make(folder, "EC");
        TestCertificate other = TestCertificate.make(folder, "EC");
        TlsSettings files = own.writtenTo(folder);
        refused(files, other.keyPem(), "is not that of the certificate");
        refused(files, TestCertificate.make(folder, "RSA").keyPem(), "is not that of the cert");
        refused(files, own.certificatePem(), "holds no private key");
        refused(files, own.keyPem().replace("PRIVATE", "EC PRIVATE"), "openssl pkcs8");
        refused(files, own.keyPem().replace("PRIVATE", "ENCRYPTED PRIVATE"), "is encrypted");
        Files.delete(files.key());
        assertThatThrownBy(() -> Tls.open(files)).hasMessageContaining("there is no file");
    }

    private static void refused(TlsSettings files, String key, String why) throws Exception {
        Files.writeString(files.key(), key);
        assertThatThrownBy(() -> Tls.open(files))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("server.key");
    }
}
