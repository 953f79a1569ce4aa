package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `imageferry account …` against the real actions.
final class AccountCommandsTest extends CommandTest {
    private static final String READ =
            """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}
            """;

    private final ActionScene ferry = new ActionScene();

    @BeforeEach
    void callTheRealServer() {
        scene().environment().put("IMAGEFERRY_ENDPOINT", "http://" + ferry.client().host());
    }

    @AfterEach
    void stop() {
        ferry.close();
    }

    private JsonNode json(String... command) {
        String[] asked = Arrays.copyOf(command, command.length + 2);
        asked[command.length] = "-o";
        asked[command.length + 1] = "json";
        assertThat(scene().run(asked)).as(scene().err()).isZero();
        return scene().json();
    }

    private String table(String... command) {
        assertThat(scene().run(command)).as(scene().err()).isZero();
        return scene().out();
    }

    /// From now on this key signs.
    private void sign(JsonNode key) {
        scene().environment()
                .put("ALIBABA_CLOUD_ACCESS_KEY_ID", key.path("AccessKeyId").asString());
        scene().environment()
                .put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.path("AccessKeySecret").asString());
    }

    private Path policy() throws IOException {
        return Files.writeString(folder.resolve("read.json"), READ);
    }

    @Test
    void anAccountIsCreatedWithAnAccessKeyWhoseSecretIsShownThisOnce() {
        JsonNode made = json("account", "create", "team-b");
        String secret = made.path("AccessKeySecret").asString();
        assertThat(secret).hasSize(30);
        String listed = table("account", "list");
        assertThat(listed.lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "1111111111111111 first yes 2026-11-22T01:09:36Z",
                        made.path("AccountId").asString() + " team-b no 2026-11-22T01:09:36Z");
        assertThat(table("account", "key", "list", "--account", "team-b"))
                .contains(made.path("AccessKeyId").asString())
                .doesNotContain(secret);
        sign(made);
        assertThat(table("account", "show")).contains("team-b");
        assertThat(table("account", "list")).doesNotContain("first");
    }

    @Test
    void anAccountIsShownByIdOrNameAndChanged() {
        assertThat(
                        table(
                                "account",
                                "set",
                                "second",
                                "--name",
                                "renamed",
                                "--encrypt-by-default",
                                "true",
                                "--public-images",
                                "false",
                                "--quota",
                                "images=7",
                                "--quota",
                                "requests-per-second=9"))
                .startsWith(
                        """
                        Account              2222222222222222
                        Name                 renamed
                        Created              2026-11-22T01:09:36Z
                        administrator        no
                        customer-keys        yes
                        encrypt-by-default   yes
                        public-images        no
                        images               7
                        """)
                .contains("requests-per-second  9\n");
        assertThat(table("account", "show", "renamed"))
                .isEqualTo(table("account", "show", EdgeScene.OTHER.value()));
        assertThat(scene().run("account", "show", "second")).isEqualTo(1);
        assertThat(scene().err()).contains("there is no account second to see");
    }

    @Test
    void anAccountIsDeleted() {
        assertThat(table("account", "delete", "second")).contains("2222222222222222  second");
        assertThat(table("account", "list")).doesNotContain("second");
        assertThat(scene().run("account", "delete", "first")).isEqualTo(1);
        assertThat(scene().err()).contains("the only administrator");
    }

    @Test
    void aUserMayDoWhatAPolicySays() throws IOException {
        table("account", "user", "create", "robot");
        table("account", "policy", "put", "robot", "read", "--file", policy().toString());
        assertThat(table("account", "policy", "list", "robot"))
                .isEqualTo("POLICY  PUT\nread    2026-11-22T01:09:36Z\n");
        assertThat(json("account", "policy", "list", "robot").get(0).path("PolicyDocument"))
                .hasToString(JsonMapper.shared().writeValueAsString(READ));
        JsonNode key = json("account", "key", "create", "--user", "robot");
        assertThat(table("account", "user", "list")).contains("robot");

        sign(key);
        assertThat(table("regions")).contains("cn-hangzhou");
        assertThat(scene().run("account", "user", "list")).isEqualTo(1);
        assertThat(scene().err()).contains("Forbidden.RAM").contains("ask whoever manages");
    }

    @Test
    void policiesUsersAndKeysAreTakenAway() throws IOException {
        table("account", "user", "create", "robot", "--account", "second");
        table(
                "account",
                "policy",
                "put",
                "robot",
                "read",
                "--file",
                policy().toString(),
                "--account",
                "second");
        table("account", "policy", "delete", "robot", "read", "--account", "second");
        assertThat(json("account", "policy", "list", "robot", "--account", "second")).isEmpty();
        table("account", "user", "delete", "robot", "--account", "second");
        assertThat(json("account", "user", "list", "--account", "second")).isEmpty();
        String id =
                json("account", "key", "create", "--account", "second")
                        .path("AccessKeyId")
                        .asString();
        String[] off = {"account", "key", "set", id, "--status", "Inactive", "--account", "second"};
        assertThat(table(off)).contains(id + "  Inactive");
        assertThat(table("account", "key", "list", "--account", "second")).contains("Inactive");
        table("account", "key", "delete", id, "--account", "second");
        assertThat(json("account", "key", "list", "--account", "second")).hasSize(1);
    }

    @Test
    void temporaryCredentialsAreShownThisOnce() throws IOException {
        JsonNode made =
                json("account", "token", "--minutes", "15", "--policy", policy().toString());
        assertThat(made.path("AccessKeyId").asString()).startsWith("STS.");
        assertThat(made.path("Expiration").asString()).isEqualTo("2026-11-22T01:24:36Z");
        assertThat(table("account", "token").lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("Until", "AccessKeyId", "AccessKeySecret", "Token");
    }
}
