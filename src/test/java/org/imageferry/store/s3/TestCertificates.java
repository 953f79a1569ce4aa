package org.imageferry.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Certificates of `127.0.0.1`, made by the JDK's own tool.
public final class TestCertificates {
    private static final String PASSWORD = "password";
    private static final String[] STORE = {
        "-storetype", "PKCS12", "-storepass", PASSWORD, "-keypass", PASSWORD
    };

    private final Path folder;

    public TestCertificates(Path folder) {
        this.folder = folder;
    }

    /// An issuer, and what a client needs to trust it.
    Path issuer() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "issuer",
                "-keyalg",
                "EC",
                "-dname",
                "CN=issuer",
                "-ext",
                "bc:c",
                "-keystore",
                path("issuer"));
        keytool(
                "-exportcert",
                "-alias",
                "issuer",
                "-keystore",
                path("issuer"),
                "-file",
                path("issuer.crt"));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "issuer",
                "-file",
                path("issuer.crt"),
                "-keystore",
                path("trusted"));
        return folder.resolve("trusted");
    }

    /// Speaks TLS with a certificate that nobody vouches for.
    public SSLContext unknown() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                path("server"));
        return context();
    }

    /// Makes sockets with a certificate by the issuer that was good for a day.
    ///
    /// @param begins such as `-2d`
    ServerSocketFactory server(String begins) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-keystore",
                path("server"));
        keytool(
                "-certreq",
                "-alias",
                "server",
                "-keystore",
                path("server"),
                "-file",
                path("server.req"));
        keytool(
                "-gencert",
                "-alias",
                "issuer",
                "-keystore",
                path("issuer"),
                "-infile",
                path("server.req"),
                "-outfile",
                path("server.crt"),
                "-startdate",
                begins,
                "-validity",
                "1",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "issuer",
                "-file",
                path("issuer.crt"),
                "-keystore",
                path("server"));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "server",
                "-file",
                path("server.crt"),
                "-keystore",
                path("server"));
        return context().getServerSocketFactory();
    }

    private SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(STORE));
        Path said = folder.resolve("keytool.log");
        Process tool =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(said));
        }
    }
}
