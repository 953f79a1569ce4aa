package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Scrapes a real server while it copies, and compares what it tells with what the API says.
final class MetricsWireTest {
    /// Takes a quarter of a minute to the slow region: longer than it takes to look.
    private static final int DISK_BYTES = 32 << 20;

    private static final String SOURCE = "cn-hangzhou";
    private static final String SLOW = "cn-shanghai";
    private static final String COPIES = "{action=\"CopyImage\",region=\"cn-shanghai\"}";
    private static final String DONE = "imageferry_task_done_bytes_total" + COPIES;
    private static final String CANCELLED =
            "imageferry_tasks_ended_total{action=\"CopyImage\",outcome=\"cancelled\",region=\"cn-shanghai\"} 2.0\n";
    private static final String IMPORTS = "{action=\"ImportImage\",region=\"cn-hangzhou\"}";
    private static final String FINISHED =
            "{action=\"ImportImage\",outcome=\"finished\",region=\"cn-hangzhou\"}";
    private static final String TOKEN = "a-long-token";

    @TempDir private Path folder;

    @Test
    void queuesAndBytesAreWhatTheApiSays() throws Exception {
        try (RealServer server = server()) {
            Wire wire = server.wire();
            String image = importedAs(wire, "one");
            String other = importedAs(wire, "two");
            String first = wire.image(Wire.copying(SOURCE, image, SLOW, "first"));
            String second = wire.image(Wire.copying(SOURCE, other, SLOW, "second"));
            Patience.until(
                    "a copy that runs",
                    () -> metric(scrape(server), "imageferry_tasks_running" + COPIES) == 1);

            Patience.until("bytes that are done", () -> doneBytes(wire) > 0);
            long before = doneBytes(wire);
            Patience.until( // a page may be a second old
                    "a page that knows of this", () -> metric(scrape(server), DONE) >= before);
            String page = scrape(server);
            long after = doneBytes(wire);
            assertThat(metric(page, "imageferry_tasks_running" + COPIES)).isEqualTo(1);
            assertThat(metric(page, "imageferry_tasks_waiting" + COPIES)).isEqualTo(1);
            assertThat(metric(page, DONE)).isBetween((double) before, (double) after);

            wire.cancelCopy(SLOW, second);
            wire.cancelCopy(SLOW, first);
            Patience.until("both ends", () -> scrape(server).contains(CANCELLED));
            String last = scrape(server);
            assertThat(metric(last, "imageferry_tasks_ended_total" + FINISHED)).isEqualTo(2);
            assertThat(metric(last, "imageferry_task_new_bytes_total" + IMPORTS))
                    .isEqualTo(DISK_BYTES);
            assertThat(metric(last, "imageferry_task_shared_bytes_total" + IMPORTS))
                    .isEqualTo(DISK_BYTES);
        }
    }

    private RealServer server() throws Exception {
        Path settings =
                Files.writeString(
                        folder.resolve("settings.yaml"),
                        """
                        regions:
                          - id: cn-hangzhou
                          - id: cn-shanghai
                            bandwidth-mib: 2
                        """);
        return new RealServer(folder, DISK_BYTES, "--config", settings.toString());
    }

    private static String importedAs(Wire wire, String name) throws Exception {
        String image = wire.image(Wire.importing(SOURCE, RealServer.OBJECT, name));
        assertThat(wire.outcome(SOURCE, image)).isEqualTo("Available");
        return image;
    }

    private static long doneBytes(Wire wire) throws EcsFailure {
        JsonNode queues =
                wire.call(Call.own("DescribeQueue").with("RegionId", SLOW))
                        .path("Queues")
                        .path("Queue");
        return queues.path(0).path("Tasks").path("Task").path(0).path("DoneBytes").asLong();
    }

    @Test
    void whoMayNotReadThemIsToldWhatToDo() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.launch(data).ready()) {
            assertThat(answer(server.endpoint(), "X-Forwarded-For", "192.0.2.1").body())
                    .contains("metrics-token-env");
        }
        Path settings =
                Files.writeString(folder.resolve("token.yaml"), "metrics-token-env: METRICS\n");
        try (ServerProcess server =
                ServerProcess.launch(
                                "127.0.0.1:0",
                                data,
                                Map.of("METRICS", TOKEN),
                                List.of(),
                                "--config",
                                settings.toString())
                        .ready()) {
            assertThat(answer(server.endpoint(), "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused =
                    answer(server.endpoint(), "Authorization", "Bearer another");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("Authorization").doesNotContain(TOKEN);
        }
    }

    private static String scrape(RealServer server) throws Exception {
        return answer(server.process().endpoint(), "Accept", "text/plain").body();
    }

    private static HttpResponse<String> answer(String endpoint, String header, String value)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(endpoint + "/metrics"))
                            .header(header, value)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static double metric(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }
}
