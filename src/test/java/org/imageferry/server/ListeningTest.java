package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.imageferry.cli.Imageferry;
import org.imageferry.settings.StartException;
import org.imageferry.settings.TlsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListeningTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "localhost:0", "[::1]:0", "127.8.9.10:1"})
    void plainHttpMayBeSpokenWithinTheMachine(String listen) {
        assertThatCode(() -> Listening.check(Listening.address(listen), false, false))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8440", "[::]:8440", "192.0.2.1:8440"})
    void toOthersItMayNotUnlessSomebodySaysSo(String listen) {
        assertThatThrownBy(() -> Listening.check(Listening.address(listen), false, false))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("tls")
                .hasMessageContaining("--plain-http");
        assertThatCode(
                        () -> {
                            Listening.check(Listening.address(listen), true, false);
                            Listening.check(Listening.address(listen), false, true);
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void aServerForOthersIsNotStartedWithoutEither() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.launchAt("0.0.0.0:0", data)) {
            assertThat(server.awaitEnd()).isEqualTo(1);
            assertThat(String.join("\n", server.log())).contains("--plain-http");
            assertThat(data).doesNotExist();
        }
        try (ServerProcess server =
                ServerProcess.launchAt("0.0.0.0:0", data, "--plain-http").ready()) {
            assertThat(server.endpoint()).startsWith("http://0.0.0.0:");
        }
    }

    /// The whole way: a server with a certificate, and the command line that believes it.
    @Test
    void theCommandLineBelievesTheCertificatesThatItIsGiven() throws Exception {
        TlsSettings files = TestCertificate.make(folder, "EC").writtenTo(folder);
        Path settings =
                Files.writeString(
                        folder.resolve("settings.yaml"),
                        """
                        tls:
                          certificate: server.pem
                          key: server.key
                        """);
        Path data = folder.resolve("data");
        try (ServerProcess server =
                ServerProcess.launch(data, "--config", settings.toString()).ready()) {
            assertThat(server.endpoint()).startsWith("https://");
            assertThat(regions(server, data, "--ca", files.certificate().toString())).isZero();
            assertThat(regions(server, data)).isEqualTo(1);
        }
    }

    private static int regions(ServerProcess server, Path data, String... more) {
        String[] command =
                Stream.concat(
                                Stream.of(
                                        "regions",
                                        "--endpoint",
                                        server.endpoint(),
                                        "--data",
                                        data.toString()),
                                Stream.of(more))
                        .toArray(String[]::new);
        return program().run(command);
    }

    private static Imageferry program() {
        return new Imageferry(
                EmbeddedServer::start,
                MasterKeys::rotate,
                CatalogRebuild::rebuild,
                new Relocator());
    }
}
