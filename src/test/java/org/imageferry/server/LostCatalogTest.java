package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an operator does whose catalog is lost, or older than the stores, with a real server.
final class LostCatalogTest {
    private static final String SOURCE = RealServer.SOURCE;
    private static final String DESTINATION = "eu-central-1";
    private static final List<String> REGIONS = List.of(SOURCE, DESTINATION);
    private static final int DISK_BYTES = 3 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    private RealServer start() throws Exception {
        RealServer server = new RealServer(folder, DISK_BYTES);
        running.add(server);
        return server;
    }

    private Wire restart(Path data) throws Exception {
        ServerProcess process = ServerProcess.launch(data).ready();
        running.add(process);
        return Wire.to(process.endpoint(), data);
    }

    private static void end(ServerProcess process) throws InterruptedException {
        assertThat(process.terminate(PATIENCE)).isPresent();
    }

    private Program.Ran rebuild(Path data, String... more)
            throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("rebuild", "--data", data.toString(), "-o", "json"));
        all.addAll(List.of(more));
        return new Program(folder, Map.of()).run(all.toArray());
    }

    private static void lose(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("catalog.db")) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Waits until the stores have all records.
    private static void awaitRecords(Path data) throws Exception {
        Patience.await(
                "the records",
                () -> {
                    try (Connection catalog =
                                    DriverManager.getConnection(
                                            "jdbc:sqlite:" + data.resolve("catalog.db"));
                            Statement statement = catalog.createStatement();
                            ResultSet rows =
                                    statement.executeQuery("select count(*) from outbox")) {
                        return rows.getInt(1) == 0 ? Optional.of(true) : Optional.empty();
                    }
                });
    }

    /// A second account, and what it signs with.
    private record Team(String id, Path credentials) {}

    private Team team(Wire wire) throws EcsFailure, IOException {
        String id =
                wire.call(Call.own("CreateAccount").with("AccountName", "team"))
                        .path("AccountId")
                        .asString();
        JsonNode key =
                wire.call(Call.own("CreateAccessKey").with("AccountId", id)).path("AccessKey");
        Path home = Files.createDirectories(folder.resolve("team"));
        Files.write(
                home.resolve("credentials"),
                "AccessKeyId=%s\nAccessKeySecret=%s\n"
                        .formatted(
                                key.path("AccessKeyId").asString(),
                                key.path("AccessKeySecret").asString())
                        .getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(
                home.resolve("credentials"), PosixFilePermissions.fromString("rw-------"));
        return new Team(id, home);
    }

    private Team fill(RealServer server) throws Exception {
        Wire wire = server.wire();
        Team team = team(wire);
        wire.call(Call.own("CreateUser").with("UserName", "ann"));
        wire.call(
                Call.own("PutUserPolicy")
                        .with("UserName", "ann")
                        .with("PolicyName", "reads")
                        .with(
                                "PolicyDocument",
                                """
                                {"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}\
                                """));
        wire.call(Call.own("CreateAccessKey").with("UserName", "ann"));
        wire.call(
                Call.own("ModifyAccount")
                        .with("AccountId", team.id())
                        .with("PublicImages", "false")
                        .with("Quota.1.Name", "images")
                        .with("Quota.1.Most", "77"));
        wire.call(
                Call.own("ModifyRegionRules")
                        .with("RegionId", DESTINATION)
                        .with("BarDestination.1", SOURCE));
        images(wire, team);
        return team;
    }

    private static void images(Wire wire, Team team) throws Exception {
        String image = wire.image(Wire.importing(SOURCE, RealServer.OBJECT, "golden"));
        assertThat(wire.outcome(SOURCE, image)).isEqualTo("Available");
        String key =
                wire.call(Call.kms("CreateKey").with("RegionId", DESTINATION))
                        .path("KeyMetadata")
                        .path("KeyId")
                        .asString();
        wire.call(
                Call.kms("CreateAlias")
                        .with("RegionId", DESTINATION)
                        .with("KeyId", key)
                        .with("AliasName", "alias/own"));
        String sealed =
                wire.image(
                        Wire.copying(SOURCE, image, DESTINATION, "sealed")
                                .with("Encrypted", "true")
                                .with("KMSKeyId", key));
        assertThat(wire.outcome(DESTINATION, sealed)).isEqualTo("Available");
        String plain = wire.image(Wire.copying(SOURCE, image, DESTINATION, "plain"));
        assertThat(wire.outcome(DESTINATION, plain)).isEqualTo("Available");
        wire.call(
                Call.ecs("TagResources")
                        .with("RegionId", SOURCE)
                        .with("ResourceType", "image")
                        .with("ResourceId.1", image)
                        .with("Tag.1.Key", "app")
                        .with("Tag.1.Value", "web"));
        wire.call(
                Call.ecs("ModifyImageSharePermission")
                        .with("RegionId", SOURCE)
                        .with("ImageId", image)
                        .with("AddAccount.1", team.id()));
        wire.call(
                Call.resourceManager("CreateResourceGroup")
                        .with("Name", "empty")
                        .with("DisplayName", "Nothing in it"));
        wire.deleteImage(DESTINATION, plain);
    }

    /// What the account is answered, by what it asks.
    private static Map<String, JsonNode> answers(Wire wire) throws EcsFailure {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String action :
                List.of(
                        "DescribeAccounts",
                        "DescribeUsers",
                        "DescribeAccessKeys",
                        "DescribeRegionRules")) {
            answers.put(action, asked(wire, Call.own(action)));
        }
        answers.put("groups", asked(wire, Call.resourceManager("ListResourceGroups")));
        for (String region : REGIONS) {
            regional(wire, region)
                    .forEach((name, answer) -> answers.put(region + " " + name, answer));
        }
        return answers;
    }

    private static Map<String, JsonNode> regional(Wire wire, String region) throws EcsFailure {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String action : List.of("DescribeImages", "DescribeSnapshots", "DescribeTags")) {
            Call call = Call.ecs(action).with("RegionId", region).with("PageSize", 50);
            answers.put(action, asked(wire, call));
        }
        for (String action : List.of("ListKeys", "ListAliases")) {
            answers.put(action, asked(wire, Call.kms(action).with("RegionId", region)));
        }
        for (Wire.Shown image : wire.images(region)) {
            Call share =
                    Call.ecs("DescribeImageSharePermission")
                            .with("RegionId", region)
                            .with("ImageId", image.id());
            if (image.name().equals("golden") && isOwn(wire, region, image.id())) {
                answers.put("shares of " + image.id(), asked(wire, share));
            }
        }
        return answers;
    }

    private static boolean isOwn(Wire wire, String region, String image) throws EcsFailure {
        return wire.call(
                                Call.ecs("DescribeImages")
                                        .with("RegionId", region)
                                        .with("ImageId", image)
                                        .with("ImageOwnerAlias", "self"))
                        .path("TotalCount")
                        .asInt()
                > 0;
    }

    private static JsonNode asked(Wire wire, Call call) throws EcsFailure {
        ObjectNode answer = wire.call(call);
        answer.remove("RequestId");
        return answer;
    }

    @Test
    void afterARebuildEachAccountIsAnsweredAsBefore() throws Exception {
        RealServer server = start();
        Team team = fill(server);
        Wire teams = Wire.to(server.process().endpoint(), team.credentials());
        Map<String, JsonNode> mine = answers(server.wire());
        Map<String, JsonNode> theirs = teamsAnswers(teams);
        awaitRecords(server.data());
        end(server.process());
        lose(server.data());

        Program.Ran ran = rebuild(server.data());

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("Accounts").asInt()).isEqualTo(2);
        assertThat(ran.err()).contains(SOURCE + ": ");
        Wire wire = restart(server.data());
        assertThat(answers(wire)).isEqualTo(mine);
        ServerProcess process = (ServerProcess) running.getLast();
        assertThat(teamsAnswers(Wire.to(process.endpoint(), team.credentials()))).isEqualTo(theirs);
        for (String region : REGIONS) {
            assertThat(wire.taskOutcome(region, wire.verify(region))).isEqualTo("Finished");
        }
    }

    private static Map<String, JsonNode> teamsAnswers(Wire wire) throws EcsFailure {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String region : REGIONS) {
            regional(wire, region).forEach((name, answer) -> answers.put(region + name, answer));
        }
        return answers;
    }

    @Test
    void yesterdaysCatalogServesNoChangeUntilItIsRebuilt() throws Exception {
        RealServer server = start();
        Wire wire = server.wire();
        String first = wire.image(Wire.importing(SOURCE, RealServer.OBJECT, "first"));
        assertThat(wire.outcome(SOURCE, first)).isEqualTo("Available");
        awaitRecords(server.data());
        end(server.process());
        Path yesterday = folder.resolve("yesterday.db");
        Files.copy(server.data().resolve("catalog.db"), yesterday);
        Wire today = restart(server.data());
        String second = today.image(Wire.importing(SOURCE, RealServer.OBJECT, "second"));
        assertThat(today.outcome(SOURCE, second)).isEqualTo("Available");
        awaitRecords(server.data());
        end((ServerProcess) running.getLast());
        Files.copy(
                yesterday,
                server.data().resolve("catalog.db"),
                StandardCopyOption.REPLACE_EXISTING);

        Wire stale = restart(server.data());
        ServerProcess process = (ServerProcess) running.getLast();
        assertThat(process.log())
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("the catalog is older than the store")
                                .contains("imageferry rebuild"));
        assertThat(
                        catchThrowableOfType(
                                EcsFailure.class,
                                () ->
                                        stale.image(
                                                Wire.importing(
                                                        SOURCE, RealServer.OBJECT, "third"))))
                .isNotNull();
        assertThat(rebuild(server.data()).err()).contains("is in use by process");
        end(process);

        Program.Ran ran = rebuild(server.data());

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Path.of(ran.json().path("OldCatalog").asString())).exists();
        Wire again = restart(server.data());
        assertThat(again.images(SOURCE).stream().map(Wire.Shown::id))
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aCatalogThatIsInOrderIsNotReplaced() throws Exception {
        RealServer server = start();
        awaitRecords(server.data());
        end(server.process());

        Program.Ran ran = rebuild(server.data());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is nothing to rebuild").contains("--force");
        Files.delete(server.data().resolve("master.key"));
        Program.Ran forced = rebuild(server.data(), "--force");
        assertThat(forced.code()).isZero();
        assertThat(forced.err()).contains("master.key is not there").contains("--new-master-key");
        Program.Ran renewed = rebuild(server.data(), "--force", "--new-master-key");
        assertThat(renewed.code()).as(renewed.err()).isZero();
        assertThat(restart(server.data()).images(SOURCE)).isEmpty();
    }

    @Test
    void aStoreThatIsNotThereIsNoEmptyOne() throws Exception {
        RealServer server = start();
        end(server.process());
        lose(server.data());
        Path store = server.data().resolve("regions").resolve(SOURCE);
        Files.move(store, folder.resolve("elsewhere"));

        Program.Ran ran = rebuild(server.data());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("has no store at").contains("--without " + SOURCE);
        assertThat(server.data().resolve("catalog.db")).doesNotExist();
        assertThat(rebuild(server.data(), "--without", SOURCE).code()).isZero();
    }
}
