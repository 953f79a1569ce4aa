package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.util.List;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Access keys over the wire.
class AccessKeyActionsTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(String action, String... parameters) {
        return ask(scene.client(), action, parameters);
    }

    private static RawHttp.Reply ask(Sender sender, String action, String... parameters) {
        return sender.acs3(Api.FERRY.version(), action, parameters);
    }

    private static String code(RawHttp.Reply reply) {
        return reply.status() == 200 ? "" : reply.code();
    }

    private static String describe(Sender sender) {
        return code(sender.acs3(Api.ECS.version(), "DescribeImages", "RegionId", HANGZHOU));
    }

    @Test
    void anAccessKeyIsSwitchedOffAndOnAndDeleted() {
        JsonNode made = scene.own("CreateAccessKey").path("AccessKey");
        String id = made.path("AccessKeyId").asString();
        Sender sender = scene.client().as(id, made.path("AccessKeySecret").asString());
        assertThat(id).matches("LTAI[A-Za-z0-9]{20}");
        assertThat(describe(sender)).isEmpty();

        scene.own("ModifyAccessKey", "UserAccessKeyId", id, "Status", "Inactive");
        assertThat(describe(sender)).isEqualTo("InvalidAccessKeyId.Inactive");
        scene.own("ModifyAccessKey", "UserAccessKeyId", id, "Status", "Active");
        assertThat(describe(sender)).isEmpty();
        assertThat(code(ask("ModifyAccessKey", "UserAccessKeyId", id, "Status", "On")))
                .isEqualTo("InvalidParameter.Format");
        scene.own("DeleteAccessKey", "UserAccessKeyId", id);
        assertThat(describe(sender)).isEqualTo("InvalidAccessKeyId.NotFound");
    }

    @Test
    void accessKeysAreListedWithTheirUsersAndWithoutSecrets() {
        scene.own("CreateUser", "UserName", "eve");
        JsonNode made = scene.own("CreateAccessKey", "UserName", "eve").path("AccessKey");
        String secret = made.path("AccessKeySecret").asString();

        JsonNode keys = scene.own("DescribeAccessKeys");

        assertThat(secret).hasSize(30);
        assertThat(keys.toString()).doesNotContain(secret);
        assertThat(keys.path("AccessKeys").path("AccessKey").size()).isEqualTo(2);
        assertThat(scene.own("DescribeAccessKeys", "UserName", "eve").path("AccessKeys").toString())
                .isEqualTo(
                        """
                        {"AccessKey":[{"AccessKeyId":"%s","Status":"Active",\
                        "CreationTime":"2026-11-22T01:09:36Z","UserName":"eve"}]}\
                        """
                                .formatted(made.path("AccessKeyId").asString()));
    }

    @Test
    void anAccessKeyIsFoundUnderItsOwnerOnly() {
        scene.own("CreateUser", "UserName", "eve");
        String eves =
                scene.own("CreateAccessKey", "UserName", "eve")
                        .path("AccessKey")
                        .path("AccessKeyId")
                        .asString();
        for (RawHttp.Reply reply :
                List.of(
                        ask("DeleteAccessKey", "UserAccessKeyId", eves),
                        ask("DeleteAccessKey", "UserAccessKeyId", "other"),
                        ask("DeleteAccessKey", "UserAccessKeyId", "never"),
                        ask("DeleteAccessKey", "UserAccessKeyId", "testid", "UserName", "eve"),
                        ask(
                                scene.client().as("other", "othersecret"),
                                "DeleteAccessKey",
                                "UserAccessKeyId",
                                "testid"))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("EntityNotExist.User.AccessKey");
        }
        scene.own("DeleteAccessKey", "UserAccessKeyId", eves, "UserName", "eve");
    }

    @Test
    void anOwnerHasFiveAccessKeysAtMost() {
        for (int i = 0; i < 4; i++) {
            scene.own("CreateAccessKey");
        }
        RawHttp.Reply sixth = ask("CreateAccessKey");
        assertThat(sixth.status()).isEqualTo(409);
        assertThat(sixth.code()).isEqualTo("LimitExceeded");
        assertThat(sixth.text()).contains("5 access keys of one owner");
        scene.own("CreateUser", "UserName", "eve");
        scene.own("CreateAccessKey", "UserName", "eve");
    }
}
