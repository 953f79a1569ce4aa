package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Runs the receiver of `docs/guide/events.md` beside a real server that tells it of a copy.
class WebhookGuideTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Pattern RECEIVER = Pattern.compile("(?ms)^ *```python\\n(.*?)^ *```");
    private static final int DISK_BYTES = 1 << 20;

    @TempDir Path folder;

    private Path said() {
        return folder.resolve("receiver.out");
    }

    private Process receiver(int port, String secret) throws IOException {
        Matcher matcher = RECEIVER.matcher(Files.readString(Path.of("docs/guide/events.md")));
        assertThat(matcher.find()).isTrue();
        Path script = folder.resolve("receiver.py");
        Files.writeString(
                script,
                matcher.group(1)
                        .stripTrailing()
                        .stripIndent()
                        .replace("8441", Integer.toString(port)));
        ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), script.toString());
        builder.environment().put("WEBHOOK_SECRET", secret);
        builder.redirectErrorStream(true).redirectOutput(said().toFile());
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> lines(String part) throws IOException {
        return Files.readAllLines(said()).stream().filter(line -> line.contains(part)).toList();
    }

    private static boolean delivered(Wire wire, String webhook) throws EcsFailure {
        return wire.call(Call.own("TestWebhook").with("WebhookId", webhook))
                .path("Delivered")
                .asBoolean();
    }

    @Test
    void theReceiverOfTheGuideHearsOfACopyOnce() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "this machine has no " + PYTHON);
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "webhooks: {private-addresses: true}\n");
        int port = freePort();
        String url = "http://127.0.0.1:" + port + "/";
        try (RealServer server =
                new RealServer(folder, DISK_BYTES, "--config", config.toString())) {
            Wire wire = server.wire();
            JsonNode webhook =
                    wire.call(
                                    Call.own("CreateWebhook")
                                            .with("Url", url)
                                            .with("EventType.1", "copy.finished"))
                            .path("Webhook");
            Process receiver = receiver(port, webhook.path("Secret").asString());
            try {
                String id = webhook.path("WebhookId").asString();
                Patience.until("an answer to the test", () -> delivered(wire, id));
                String image =
                        wire.image(Wire.importing(RealServer.SOURCE, RealServer.OBJECT, "golden"));
                assertThat(wire.outcome(RealServer.SOURCE, image)).isEqualTo("Available");
                String copy =
                        wire.image(Wire.copying(RealServer.SOURCE, image, "cn-shanghai", "copied"));
                Patience.until("word of the copy", () -> !lines(copy).isEmpty());

                assertThat(lines("copy.finished")).hasSize(1);
                assertThat(lines("import.finished")).isEmpty();
                assertThat(forged(url)).isEqualTo(401);
            } finally {
                receiver.destroy();
                receiver.waitFor();
            }
        }
    }

    private static int forged(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("webhook-id", "e-1")
                        .header("webhook-timestamp", "1614265330")
                        .header(
                                "webhook-signature",
                                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
