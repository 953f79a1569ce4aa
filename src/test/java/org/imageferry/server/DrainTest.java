package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.imageferry.ecs.client.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real server that is taken out of work, and back into it.
final class DrainTest {
    @TempDir private Path folder;

    private static JsonNode node(Wire wire) throws Exception {
        JsonNode nodes = wire.call(Call.own("DescribeNodes")).path("Nodes").path("Node");
        assertThat(nodes.size()).isEqualTo(1);
        return nodes.path(0);
    }

    private static String readiness(RealServer server) throws Exception {
        URI ready = URI.create(server.process().endpoint() + "/health/ready");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void aDrainedServerAnswersButStartsNothing() throws Exception {
        try (RealServer server = new RealServer(folder, 1 << 20)) {
            Wire wire = server.wire();
            String name = node(wire).path("NodeName").asString();
            assertThat(node(wire).path("State").asString()).isEqualTo("working");
            wire.call(Call.own("DrainNode").with("NodeName", name));
            assertThat(node(wire).path("State").asString()).isEqualTo("draining");
            Patience.until("a node that drains", () -> readiness(server).contains("draining"));

            String image = wire.image(RaceScene.importing("waits"));
            wire.collectGarbage();
            assertThat(wire.find(RaceScene.SOURCE, image).orElseThrow().status())
                    .isEqualTo("Waiting");

            wire.call(Call.own("ResumeNode").with("NodeName", name));
            assertThat(wire.outcome(RaceScene.SOURCE, image)).isEqualTo("Available");
            assertThat(readiness(server)).doesNotContain("draining");
        }
    }
}
