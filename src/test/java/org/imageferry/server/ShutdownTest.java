package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM ends a server soon and gently; what it was doing goes on at the next start.
final class ShutdownTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    @Test
    void anIdleServerEndsSoon() throws Exception {
        try (ServerProcess server = ServerProcess.launch(folder.resolve("data")).ready()) {
            assertThat(server.terminate(SOON)).hasValueSatisfying(ShutdownTest::good);
            assertThat(server.log()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    @Test
    void copiesUnderWayGoOnAfterTheNextStart() throws Exception {
        Path data = folder.resolve("data");
        TestDisk disk = TestDisk.make(folder.resolve("disk.raw"), 1, 2, 3, 4, 5, 6);
        String near;
        String far;
        ServerProcess first = ServerProcess.launch(data).ready();
        try (first) {
            Wire wire = Wire.to(first.endpoint(), data);
            wire.upload(disk, "cn-hangzhou", "disk");
            String source = wire.image(Wire.importing("cn-hangzhou", "disk", "source"));
            assertThat(wire.outcome("cn-hangzhou", source)).isEqualTo("Available");
            near = wire.image(Wire.copying("cn-hangzhou", source, "cn-shanghai", "near"));
            far = wire.image(Wire.copying("cn-hangzhou", source, "us-east-1", "far"));
            assertThat(first.terminate(SOON)).hasValueSatisfying(ShutdownTest::good);
            assertThat(first.log()).noneMatch(line -> line.contains("ERROR"));
        }
        try (ServerProcess second = ServerProcess.launch(data).ready()) {
            Wire wire = Wire.to(second.endpoint(), data);
            assertThat(wire.outcome("cn-shanghai", near)).isEqualTo("Available");
            assertThat(wire.outcome("us-east-1", far)).isEqualTo("Available");
            assertThat(wire.taskOutcome("us-east-1", wire.verify("us-east-1")))
                    .isEqualTo("Finished");
            second.kill();
            assertThat(Stream.of(first, second).flatMap(it -> it.logged("part done")))
                    .extracting(line -> line.replaceAll(".*(task=\\S+ part=\\S+).*", "$1"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whoAsksIsToldBeforeTheServerTakesNoMoreRequests() throws Exception {
        Path settings = Files.writeString(folder.resolve("settings.yaml"), "drain-delay: 2s\n");
        Path data = folder.resolve("data");
        try (ServerProcess server =
                ServerProcess.launch(data, "--config", settings.toString()).ready()) {
            Wire wire = Wire.to(server.endpoint(), data);
            assertThat(ready(server)).isEqualTo(200);
            CompletableFuture<Optional<Integer>> end =
                    CompletableFuture.supplyAsync(() -> terminate(server));
            Patience.until("a server that drains", () -> ready(server) == 503);
            assertThat(wire.images("cn-hangzhou")).isEmpty();
            assertThat(end.get()).hasValueSatisfying(ShutdownTest::good);
        }
    }

    private static Optional<Integer> terminate(ServerProcess server) {
        try {
            return server.terminate(SOON);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int ready(ServerProcess server) throws Exception {
        URI uri = URI.create(server.endpoint() + "/health/ready");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static void good(int exitCode) {
        assertThat(exitCode).as("exit code").isIn(0, 128 + 15);
    }
}
