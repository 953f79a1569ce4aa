package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.copy.KeyPolicy;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The key service's actions, and ours on keys.
class KeyActionsTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(String action, String... parameters) {
        List<String> all = new ArrayList<>(List.of("RegionId", HANGZHOU));
        all.addAll(List.of(parameters));
        return scene.client().acs3(Api.KMS.version(), action, all.toArray(String[]::new));
    }

    private JsonNode call(String action, String... parameters) {
        RawHttp.Reply reply = ask(action, parameters);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private String newKey() {
        return call("CreateKey").at("/KeyMetadata/KeyId").asString();
    }

    private String state(String key) {
        return call("DescribeKey", "KeyId", key).at("/KeyMetadata/KeyState").asString();
    }

    @Test
    void aNewKeyIsDescribedAsItWasMade() {
        JsonNode made = call("CreateKey", "Description", "for golden images").path("KeyMetadata");
        String id = made.path("KeyId").asString();
        assertThat(made.path("Description").asString()).isEqualTo("for golden images");
        assertThat(made.path("KeyState").asString()).isEqualTo("Enabled");
        assertThat(made.path("Creator").asString()).isEqualTo(EdgeScene.ACCOUNT.value());
        assertThat(made.path("KeyUsage").asString()).isEqualTo("ENCRYPT/DECRYPT");
        assertThat(made.path("ImageServiceUse").asString()).isEqualTo("Granted");
        assertThat(made.path("Arn").asString())
                .isEqualTo("acs:kms:" + HANGZHOU + ":" + EdgeScene.ACCOUNT + ":key/" + id);
        assertThat(call("DescribeKey", "KeyId", id).path("KeyMetadata")).isEqualTo(made);
    }

    @Test
    void keysAreListedPageByPage() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(newKey());
            scene.pass(Duration.ofSeconds(1));
        }
        JsonNode first = call("ListKeys", "PageSize", "2");
        assertThat(first.path("TotalCount").asInt()).isEqualTo(3);
        assertThat(first.at("/Keys/Key")).hasSize(2);
        assertThat(first.at("/Keys/Key/0/KeyId").asString()).isEqualTo(made.getFirst());
        JsonNode second = call("ListKeys", "PageSize", "2", "PageNumber", "2");
        assertThat(second.at("/Keys/Key")).hasSize(1);
        assertThat(second.at("/Keys/Key/0/KeyId").asString()).isEqualTo(made.getLast());
        assertThat(call("ListKeys", "PageNumber", "9").at("/Keys/Key")).isEmpty();
        assertThat(call("ListKeys", "RegionId", SHANGHAI).path("TotalCount").asInt()).isZero();
    }

    @Test
    void aKeyIsDisabledEnabledDeletedAndTakenBack() {
        String key = newKey();
        call("DisableKey", "KeyId", key);
        assertThat(state(key)).isEqualTo("Disabled");
        call("EnableKey", "KeyId", key);
        assertThat(state(key)).isEqualTo("Enabled");
        call("ScheduleKeyDeletion", "KeyId", key, "PendingWindowInDays", "7");
        JsonNode pending = call("DescribeKey", "KeyId", key).path("KeyMetadata");
        assertThat(pending.path("KeyState").asString()).isEqualTo("PendingDeletion");
        assertThat(pending.path("DeleteDate").asString())
                .isEqualTo(scene.now().plus(Duration.ofDays(7)).toString().substring(0, 19) + "Z");
        call("CancelKeyDeletion", "KeyId", key);
        assertThat(state(key)).isEqualTo("Enabled");
    }

    @Test
    void aKeyHasAliasesThatNameItToo() {
        String key = newKey();
        call("CreateAlias", "KeyId", key, "AliasName", "alias/golden");
        call("CreateAlias", "KeyId", key, "AliasName", "alias/base");
        String other = newKey();
        call("CreateAlias", "KeyId", other, "AliasName", "alias/other");
        assertThat(call("DescribeKey", "KeyId", "alias/golden").at("/KeyMetadata/KeyId").asString())
                .isEqualTo(key);
        JsonNode all = call("ListAliases");
        assertThat(all.path("TotalCount").asInt()).isEqualTo(3);
        assertThat(all.at("/Aliases/Alias/0/AliasName").asString()).isEqualTo("alias/base");
        assertThat(all.at("/Aliases/Alias/0/KeyId").asString()).isEqualTo(key);
        assertThat(call("ListAliasesByKeyId", "KeyId", key).at("/Aliases/Alias")).hasSize(2);
        call("DeleteAlias", "AliasName", "alias/golden");
        assertThat(call("ListAliases").path("TotalCount").asInt()).isEqualTo(2);
    }

    @Test
    void theImageServicesUseIsGrantedAndRevoked() {
        String key = newKey();
        for (String[] change :
                List.of(
                        new String[] {"RevokeKey", "Revoked"},
                        new String[] {"GrantKey", "Granted"})) {
            scene.own(change[0], "RegionId", HANGZHOU, "KeyId", key);
            assertThat(
                            call("DescribeKey", "KeyId", key)
                                    .at("/KeyMetadata/ImageServiceUse")
                                    .asString())
                    .isEqualTo(change[1]);
        }
    }

    @Test
    void anAccountSettlesWhatIsEncrypted() {
        JsonNode preset = scene.own("DescribeEncryption");
        assertThat(preset.path("Encrypt").asString()).isEqualTo("asked");
        assertThat(preset.path("KeyService").asBoolean()).isTrue();
        assertThat(preset.path("CustomerKeys").asBoolean()).isTrue();
        scene.own("ModifyEncryption", "Encrypt", "always");
        JsonNode after = scene.own("ModifyEncryption", "KeyService", "false");
        assertThat(after.path("Encrypt").asString()).isEqualTo("always");
        assertThat(after.path("KeyService").asBoolean()).isFalse();
        assertThat(scene.own("DescribeEncryption").path("Encrypt").asString()).isEqualTo("always");
        assertThat(
                        scene.client()
                                .acs3(Api.FERRY.version(), "ModifyEncryption", "Encrypt", "maybe")
                                .code())
                .isEqualTo("InvalidParameter.Format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeKey", "EnableKey", "DisableKey", "CancelKeyDeletion"})
    void anUnknownKeyIsNotFound(String action) {
        String theirs =
                scene.keys.keys().create(EdgeScene.OTHER, new RegionId(HANGZHOU), "").id().value();
        for (String key : List.of(theirs, "no key")) {
            RawHttp.Reply reply = ask(action, "KeyId", key);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("Forbidden.KeyNotFound");
            assertThat(reply.message()).isEqualTo("The specified Key is not found.");
        }
        RawHttp.Reply reply = ask(action, "KeyId", "alias/none");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("Forbidden.AliasNotFound");
        assertThat(reply.message()).isEqualTo("The specified Alias is not found.");
    }

    @Test
    void whatAKeysStateForbidsFails() {
        String key = newKey();
        isForbidden(ask("CancelKeyDeletion", "KeyId", key));
        call("ScheduleKeyDeletion", "KeyId", key, "PendingWindowInDays", "7");
        isForbidden(ask("EnableKey", "KeyId", key));
        isForbidden(ask("DisableKey", "KeyId", key));
        isForbidden(ask("ScheduleKeyDeletion", "KeyId", key, "PendingWindowInDays", "7"));
    }

    private static void isForbidden(RawHttp.Reply reply) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("Rejected.StateModifiedFailed");
        assertThat(reply.message()).isEqualTo("Keystate modified failed.");
    }

    @Test
    void theServicesOwnKeyIsNotTheAccountsToChange() throws Exception {
        String key =
                scene.keys
                        .kms()
                        .serviceKey(EdgeScene.ACCOUNT, new RegionId(HANGZHOU))
                        .key()
                        .value();
        assertThat(call("DescribeKey", "KeyId", key).at("/KeyMetadata/Creator").asString())
                .isEqualTo("Ecs");
        RawHttp.Reply reply = ask("DisableKey", "KeyId", key);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("Rejected.UnsupportedOperation");
    }

    @Test
    void anAliasIsTakenOnce() {
        String key = newKey();
        call("CreateAlias", "KeyId", key, "AliasName", "alias/golden");
        RawHttp.Reply reply = ask("CreateAlias", "KeyId", key, "AliasName", "alias/golden");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("Forbidden.AlreadyExists");
        assertThat(ask("DeleteAlias", "AliasName", "alias/none").code())
                .isEqualTo("Forbidden.AliasNotFound");
    }

    @ParameterizedTest
    @CsvSource({
        "CreateKey,KeySpec,RSA_2048",
        "CreateKey,Origin,EXTERNAL",
        "CreateKey,KeyUsage,SIGN/VERIFY",
        "CreateKey,ProtectionLevel,HSM",
        "CreateKey,EnableAutomaticRotation,true",
        "CreateAlias,AliasName,golden",
        "DeleteAlias,AliasName,golden",
        "ScheduleKeyDeletion,PendingWindowInDays,6",
        "ScheduleKeyDeletion,PendingWindowInDays,367",
        "ScheduleKeyDeletion,PendingWindowInDays,week"
    })
    void aBadValueIsRefused(String action, String name, String value) {
        RawHttp.Reply reply = ask(action, "KeyId", newKey(), name, value);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("InvalidParameter");
        assertThat(reply.message()).isEqualTo("The specified parameter is not valid.");
    }

    @Test
    void whereThereIsNoKeyServiceThereAreNoKeys() {
        scene.keys.configure(new RegionId(HANGZHOU), new KeyPolicy(false, true));
        assertThat(ask("CreateKey").code()).isEqualTo("InvalidParameter.KmsNotEnabled");
        assertThat(ask("ListKeys").code()).isEqualTo("InvalidParameter.KmsNotEnabled");
    }
}
