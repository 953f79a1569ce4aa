package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.imageferry.domain.WebhookUrl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that has a certificate for `hooks.example` and nothing else, made for this test.
class PosterTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SSLContext context;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path file = folder.resolve("hooks.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "hooks",
                                "-dname",
                                "CN=hooks.example",
                                "-ext",
                                "san=dns:hooks.example",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        context = context(file);
    }

    /// That has the certificate, and trusts it.
    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("hooks", store.getCertificate("hooks"));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return made;
    }

    private static ScriptedServer server() throws IOException {
        return new ScriptedServer(
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                out -> out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    private static int post(SSLSocketFactory tls, String host, int port) throws IOException {
        Outside outside =
                new Outside(
                        true,
                        _ -> List.of(InetAddress.getLoopbackAddress()),
                        tls,
                        InstantSource.system());
        return new Poster(outside)
                .post(
                        new WebhookUrl("https://" + host + ":" + port + "/"),
                        Map.of(),
                        new byte[] {'x'});
    }

    @Test
    void theCertificateIsVerifiedForTheNameNotForTheAddress() throws IOException {
        try (ScriptedServer server = server()) {
            assertThat(post(context.getSocketFactory(), "hooks.example", server.port()))
                    .isEqualTo(200);
            assertThat(server.requests().getFirst()).contains("host: hooks.example:");
        }
    }

    @Test
    void anothersCertificateIsNoGood() throws IOException {
        try (ScriptedServer server = server()) {
            assertThatIOException()
                    .isThrownBy(
                            () -> post(context.getSocketFactory(), "bank.example", server.port()));
            assertThat(server.requests().stream().filter(it -> it.contains("POST"))).isEmpty();
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsNoGood() throws IOException {
        SSLSocketFactory usual = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (ScriptedServer server = server()) {
            assertThatIOException().isThrownBy(() -> post(usual, "hooks.example", server.port()));
        }
    }
}
