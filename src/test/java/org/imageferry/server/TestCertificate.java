package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.imageferry.settings.TlsSettings;

/// A certificate of 127.0.0.1 and localhost that signed itself, made by the JDK's keytool.
record TestCertificate(Certificate certificate, Key key) {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final int LINE = 64;

    /// @param algorithm of the key: `EC` or `RSA`
    static TestCertificate make(Path folder, String algorithm) throws Exception {
        Path store = Files.createTempDirectory(folder, "keys").resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-alias",
                                "server",
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1")
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        return new TestCertificate(keys.getCertificate("server"), keys.getKey("server", PASSWORD));
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
    }

    /// Writes both, where the settings may name them.
    TlsSettings writtenTo(Path folder) throws IOException, GeneralSecurityException {
        return new TlsSettings(
                Files.writeString(folder.resolve("server.pem"), certificatePem()),
                Files.writeString(folder.resolve("server.key"), keyPem()));
    }

    /// What a client has who believes this certificate and no other.
    SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
