package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a server starts with regions in object storage, and without any.
final class S3StartTest {
    @TempDir private Path folder;

    private ServerProcess launch(String settings, Map<String, String> variables, String... java)
            throws Exception {
        Path file = Files.writeString(folder.resolve("settings.yaml"), settings);
        return ServerProcess.launch(
                "127.0.0.1:0",
                folder.resolve("data"),
                variables,
                List.of(java),
                "--config",
                file.toString());
    }

    /// They take seconds to load, and memory.
    @Test
    void withoutABucketNoClassOfTheSdkIsLoaded() throws Exception {
        Path loaded = folder.resolve("loaded");
        try (ServerProcess server =
                launch(
                                "regions: [{id: here, bandwidth-mib: 100}]",
                                Map.of(),
                                "-Xlog:class+load:file=" + loaded)
                        .ready()) {
            assertThat(server.terminate(Duration.ofSeconds(60))).isPresent();
        }
        assertThat(Files.readAllLines(loaded))
                .anyMatch(it -> it.contains("org.imageferry.server.Stores "))
                .noneMatch(it -> it.contains("software.amazon.awssdk"))
                .noneMatch(it -> it.contains("org.apache.hc."));
    }

    @Test
    void aServerThatIsNotThereHoldsUpNobody() throws Exception {
        String settings =
                """
                regions:
                  - id: here
                  - id: there
                    s3: {endpoint: "http://127.0.0.1:1", bucket: ferry, access-key-env: K, secret-key-env: S}
                """;
        try (ServerProcess server =
                launch(settings, Map.of("K", "key", "S", "very-secret")).ready()) {
            Wire wire = Wire.to(server.endpoint(), folder.resolve("data"));
            assertThat(wire.usage("here").status()).isEqualTo("available");
            assertThat(wire.usage("there").status()).contains("s3://ferry/ at http://127.0.0.1:1");
            Patience.until(
                    "the reason", () -> wire.usage("there").status().contains("no connection"));
            assertThat(server.log()).noneMatch(it -> it.contains("very-secret"));
        }
    }

    @Test
    void aVariableThatIsNotSetIsToldAtTheStart() throws Exception {
        String settings =
                """
                regions:
                  - id: there
                    s3: {bucket: ferry, access-key-env: FERRY_KEY, secret-key-env: FERRY_SECRET}
                """;
        try (ServerProcess server = launch(settings, Map.of("FERRY_KEY", "key"))) {
            assertThat(server.awaitEnd()).isNotZero();
            assertThat(server.log())
                    .anyMatch(it -> it.contains("FERRY_SECRET") && it.contains("region there"));
        }
    }
}
