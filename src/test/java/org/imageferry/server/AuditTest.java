package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a real server notes of calls, and how it logs for machines.
final class AuditTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir private Path folder;

    @Test
    void changesAndStrangersAreNotedAndSecretsAreNot() throws Exception {
        try (RealServer server = new RealServer(folder, 1 << 20, "--log", "json")) {
            Wire wire = server.wire();
            String image = wire.image(Wire.importing(RealServer.SOURCE, RealServer.OBJECT, "one"));
            assertThat(wire.images(RealServer.SOURCE)).isNotEmpty();
            String made =
                    wire.call(Call.own("CreateAccessKey"))
                            .path("AccessKey")
                            .path("AccessKeySecret")
                            .asString();
            assertThat(made).isNotEmpty();
            refusedAsStranger(server);

            List<JsonNode> lines = lines();
            assertThat(actions(lines))
                    .contains("oss:CloseUpload", "ecs:ImportImage")
                    .doesNotContain("ecs:DescribeImages", "oss:PutObjectExtent");
            JsonNode imported = of(lines, "ecs:ImportImage");
            assertThat(imported.path("accessKeyId").asString()).isEqualTo(server.accessKeyId());
            assertThat(imported.path("account").asString()).hasSize(16);
            assertThat(imported.path("from").asString()).isEqualTo("127.0.0.1");
            assertThat(imported.path("code").asString()).isEqualTo("OK");
            assertThat(imported.path("status").asInt()).isEqualTo(200);
            assertThat(imported.path("requestId").asString()).hasSize(36);
            assertThat(imported.path("resources").path(0).path("region").asString())
                    .isEqualTo(RealServer.SOURCE);
            assertThat(lines.getLast().path("code").asString()).isEqualTo("SignatureDoesNotMatch");
            assertThat(lines.getLast().has("account")).isFalse();
            assertThat(Files.readString(log())).doesNotContain(server.secret(), made);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
                    .isEqualTo("rw-------");

            assertThat(wire.outcome(RealServer.SOURCE, image)).isEqualTo("Available");
            assertThat(server.process().log())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(JSON.readTree(line).has("message")).isTrue());
        }
    }

    @Test
    void whoLogsInToTheConsoleIsNotedAndSoIsWhoDoesNot() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.launch(data).ready()) {
            Credentials own =
                    Credentials.find(Map.of(), data.resolve("credentials"), new SecureRandom());
            assertThat(login(server, own.accessKeyId(), "wrong-secret")).isEqualTo(403);
            assertThat(login(server, own.accessKeyId(), own.secret())).isEqualTo(303);
            assertThat(lines())
                    .extracting(
                            line -> line.path("action").asString(),
                            line -> line.path("accessKeyId").asString(),
                            line -> line.path("code").asString(),
                            line -> line.has("account"))
                    .containsExactly(
                            tuple("console:Login", own.accessKeyId(), "WrongKeyOrSecret", false),
                            tuple("console:Login", own.accessKeyId(), "OK", true));
            assertThat(Files.readString(log())).doesNotContain("wrong-secret", own.secret());
        }
    }

    private static int login(ServerProcess server, String id, String secret) throws Exception {
        String form = "id=" + id + "&secret=" + secret;
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.endpoint() + "/console/login"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .header("Origin", server.endpoint())
                                    .POST(HttpRequest.BodyPublishers.ofString(form))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static void refusedAsStranger(RealServer server) throws Exception {
        Path other = Files.createDirectories(server.data().resolveSibling("other"));
        Path credentials = other.resolve("credentials");
        Files.writeString(
                Files.createFile(
                        credentials,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))),
                "AccessKeyId=" + server.accessKeyId() + "\nAccessKeySecret=another\n");
        Wire stranger = Wire.to(server.process().endpoint(), other);
        assertThatExceptionOfType(EcsFailure.class)
                .isThrownBy(() -> stranger.images(RealServer.SOURCE));
    }

    @Test
    void readsAreNotedIfThatIsWantedAndNothingIfThatIs() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server =
                ServerProcess.launch(data, "--config", settings("audit-reads: true")).ready()) {
            Wire.to(server.endpoint(), data).images("cn-hangzhou");
        }
        assertThat(actions(lines())).containsExactly("ecs:DescribeImages");
        Files.delete(log());
        try (ServerProcess server =
                ServerProcess.launch(data, "--config", settings("audit: off")).ready()) {
            Wire.to(server.endpoint(), data).collectGarbage();
        }
        assertThat(log()).doesNotExist();
        try (ServerProcess server =
                ServerProcess.launch(data, "--config", settings("audit: mine/calls.log")).ready()) {
            Wire.to(server.endpoint(), data).collectGarbage();
        }
        assertThat(folder.resolve("mine/calls.log")).content().contains("CollectGarbage");
    }

    private String settings(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.yaml"), text + "\n").toString();
    }

    private Path log() {
        return folder.resolve("data/audit/audit.log");
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(log()).stream().map(JSON::readTree).toList();
    }

    private static List<String> actions(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("action").asString("")).toList();
    }

    private static JsonNode of(List<JsonNode> lines, String action) {
        return lines.stream()
                .filter(line -> line.path("action").asString("").equals(action))
                .findFirst()
                .orElseThrow();
    }
}
