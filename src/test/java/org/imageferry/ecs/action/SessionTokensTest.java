package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.ImageId;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Temporary credentials, from their making to their end.
class SessionTokensTest {
    private static final String READ =
            """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}\
            """;

    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private record Session(String id, String secret, String token) {
        static Session of(RawHttp.Reply reply) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            JsonNode tree = reply.json().path("Credentials");
            return new Session(
                    tree.path("AccessKeyId").asString(),
                    tree.path("AccessKeySecret").asString(),
                    tree.path("SecurityToken").asString());
        }

        Session with(String otherToken) {
            return new Session(id, secret, otherToken);
        }
    }

    private Session issue(Sender by, String... parameters) {
        return Session.of(by.acs3(Api.FERRY.version(), "CreateSessionToken", parameters));
    }

    private RawHttp.Reply ask(Session session, String action, String... parameters) {
        return scene.client()
                .as(session.id(), session.secret())
                .with(session.token())
                .acs3(Api.ECS.version(), action, parameters);
    }

    private RawHttp.Reply rpc(Session session, String action, String... parameters) {
        List<String> all = new ArrayList<>(List.of(parameters));
        all.addAll(List.of("SecurityToken", session.token()));
        return scene.client()
                .as(session.id(), session.secret())
                .rpc(action, all.toArray(String[]::new));
    }

    private RawHttp.Reply describe(Session session) {
        return ask(session, "DescribeImages", "RegionId", HANGZHOU);
    }

    @Test
    void bothFamiliesSignWithTemporaryCredentials() {
        Session session = issue(scene.client());

        assertThat(session.id()).matches("STS\\.[A-Za-z0-9]{20}");
        assertThat(describe(session).status()).isEqualTo(200);
        assertThat(rpc(session, "DescribeImages", "RegionId", HANGZHOU).status()).isEqualTo(200);
        assertThat(session.token()).doesNotContain(session.secret());
    }

    @Test
    void theSecretMustBeTheTokens() {
        Session session = issue(scene.client());
        Session guessed = new Session(session.id(), "guessed", session.token());

        assertThat(describe(guessed).code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(rpc(guessed, "DescribeRegions").code()).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void aTokenIsGoodUntilItsTime() {
        Session session = issue(scene.client(), "DurationSeconds", "900");
        scene.pass(Duration.ofSeconds(899));
        assertThat(describe(session).status()).isEqualTo(200);
        scene.pass(Duration.ofSeconds(1));

        RawHttp.Reply late = describe(session);

        assertThat(late.status()).isEqualTo(400);
        assertThat(late.code()).isEqualTo("InvalidSecurityToken.Expired");
        assertThat(late.message()).isEqualTo("Specified SecurityToken is expired.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "not base64!", "AAAA", "b25lCnR3bwp0aHJlZQ=="})
    void whatIsNoTokenIsMalformed(String token) {
        Session session = issue(scene.client()).with(token);

        assertThat(describe(session).code()).isEqualTo("InvalidSecurityToken.Malformed");
        assertThat(rpc(session, "DescribeRegions").message())
                .isEqualTo("Specified SecurityToken is malformed.");
    }

    @Test
    void aTokenComesWithItsOwnAccessKeyOnly() {
        Session one = issue(scene.client());
        Session two = issue(scene.client());

        assertThat(describe(one.with(two.token())).code())
                .isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
        assertThat(describe(new Session("testid", "testsecret", one.token())).code())
                .isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
        assertThat(scene.client().as(one.id(), one.secret()).rpc("DescribeRegions").code())
                .isEqualTo("InvalidAccessKeyId.NotFound");
    }

    @Test
    void aPolicyNarrowsWhatTheyMayDo() {
        Session session = issue(scene.client(), "Policy", READ);
        ImageId image = scene.image("golden");

        assertThat(describe(session).status()).isEqualTo(200);
        assertThat(
                        ask(session, "DeleteImage", "RegionId", HANGZHOU, "ImageId", image.value())
                                .code())
                .isEqualTo("Forbidden.RAM");
    }

    @Test
    void aPolicyThatIsNotUnderstoodOrTooLongIsRefused() {
        for (String policy : List.of("{}", READ + " ".repeat(2_048))) {
            RawHttp.Reply reply =
                    scene.client()
                            .acs3(Api.FERRY.version(), "CreateSessionToken", "Policy", policy);
            assertThat(reply.code()).isEqualTo("MalformedPolicyDocument");
        }
    }

    @Test
    void ofAUserTheyMayDoWhatItsPoliciesSayNow() {
        scene.user(EdgeScene.ACCOUNT, "eve", READ);
        Session session = issue(scene.client(), "UserName", "eve");
        assertThat(describe(session).status()).isEqualTo(200);
        assertThat(ask(session, "DeleteImage", "RegionId", HANGZHOU, "ImageId", "m-1").code())
                .isEqualTo("InvalidImageId.NotFound"); // no id, so there is nothing to decide

        scene.own("DeleteUser", "UserName", "eve");

        assertThat(describe(session).code()).isEqualTo("Forbidden.RAM");
        assertThat(
                        scene.client()
                                .as(session.id(), session.secret())
                                .with(session.token())
                                .acs3(Api.STS.version(), "GetCallerIdentity")
                                .text())
                .contains("user/eve");
    }

    @Test
    void aTokenOfADeletedAccountNamesNobody() {
        Session session = issue(scene.client().as("other", "othersecret"));
        scene.own("DeleteAccount", "AccountId", EdgeScene.OTHER.value());

        RawHttp.Reply reply = describe(session);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("InvalidAliUid.IsNull");
        assertThat(reply.message()).isEqualTo("The aliUid must not be null");
    }

    /// Else they would never end.
    @Test
    void temporaryCredentialsMakeNoNewOnes() {
        Session session = issue(scene.client());

        assertThat(
                        scene.client()
                                .as(session.id(), session.secret())
                                .with(session.token())
                                .acs3(Api.FERRY.version(), "CreateSessionToken")
                                .code())
                .isEqualTo("Forbidden.RAM");
    }

    @Test
    void aUserGetsThemForItselfIfAPolicyAllows() {
        Sender eve =
                scene.user(
                        EdgeScene.ACCOUNT,
                        "eve",
                        """
                        {"Version":"1","Statement":[{"Effect":"Allow",
                        "Action":"imageferry:CreateSessionToken",
                        "Resource":"acs:imageferry:*:*:user/eve"}]}\
                        """);
        Session session = issue(eve);
        scene.own("CreateUser", "UserName", "adam");

        assertThat(describe(session).code()).isEqualTo("Forbidden.RAM");
        assertThat(eve.acs3(Api.FERRY.version(), "CreateSessionToken", "UserName", "adam").code())
                .isEqualTo("Forbidden.RAM");
    }
}
