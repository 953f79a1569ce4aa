package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.util.List;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Accounts, users, access keys and policies over the wire. The first account is an administrator, the
/// second is not.
class AccountActionsTest {
    private static final String ALL =
            """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
            """;

    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(String action, String... parameters) {
        return scene.client().acs3(Api.FERRY.version(), action, parameters);
    }

    private Sender other() {
        return scene.client().as("other", "othersecret");
    }

    private static RawHttp.Reply ask(Sender sender, String action, String... parameters) {
        return sender.acs3(Api.FERRY.version(), action, parameters);
    }

    private String account(String name) {
        return scene.own("CreateAccount", "AccountName", name).path("AccountId").asString();
    }

    private Sender keyOf(String... owner) {
        JsonNode key = scene.own("CreateAccessKey", owner).path("AccessKey");
        return scene.client()
                .as(key.path("AccessKeyId").asString(), key.path("AccessKeySecret").asString());
    }

    private static String code(RawHttp.Reply reply) {
        return reply.status() == 200 ? "" : reply.code();
    }

    @Test
    void aNewAccountSeesItsOwnImagesAndNoOthers() {
        scene.image("golden");
        Sender third = keyOf("AccountId", account("third"));

        RawHttp.Reply reply = third.acs3(Api.ECS.version(), "DescribeImages", "RegionId", HANGZHOU);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("TotalCount").asInt()).isZero();
        assertThat(code(ask(third, "CreateAccount", "AccountName", "x")))
                .isEqualTo("Forbidden.RAM");
    }

    @Test
    void accountsAreListedWithSwitchesAndQuotas() {
        String third = account("third");
        scene.own(
                "ModifyAccount",
                "AccountId",
                third,
                "AccountName",
                "renamed",
                "EncryptByDefault",
                "true",
                "PublicImages",
                "false",
                "Quota.1.Name",
                "images",
                "Quota.1.Most",
                "7");

        JsonNode accounts = scene.own("DescribeAccounts", "PageSize", "2", "PageNumber", "2");

        assertThat(accounts.path("TotalCount").asInt()).isEqualTo(3);
        JsonNode shown = accounts.path("Accounts").path("Account").path(0);
        JsonNode named =
                scene.own("DescribeAccounts", "AccountName", "renamed")
                        .path("Accounts")
                        .path("Account");
        assertThat(named.size()).isEqualTo(1);
        assertThat(shown.toString()).isEqualTo(named.path(0).toString());
        assertThat(shown.toString())
                .startsWith(
                        """
                        {"AccountId":"%s","AccountName":"renamed","Administrator":false,\
                        "CustomerKeys":true,"EncryptByDefault":true,"PublicImages":false,\
                        "CreationTime":"2026-11-22T01:09:36Z","Quotas":{"Quota":[\
                        {"Name":"images","Most":7},{"Name":"snapshots","Most":1000000},\
                        """
                                .formatted(third));
    }

    @Test
    void whoIsNoAdministratorSeesItsOwnAccountAlone() {
        for (String[] asked :
                List.of(
                        new String[0],
                        new String[] {"AccountId", EdgeScene.OTHER.value()},
                        new String[] {"AccountName", "second"})) {
            JsonNode accounts = ask(other(), "DescribeAccounts", asked).json();
            assertThat(accounts.path("TotalCount").asInt()).isEqualTo(1);
            assertThat(accounts.path("Accounts").path("Account").path(0).path("AccountName"))
                    .hasToString("\"second\"");
        }
        assertThat(
                        ask(other(), "DescribeAccounts", "AccountName", "first")
                                .json()
                                .path("TotalCount")
                                .asInt())
                .isZero();
    }

    /// Whether there is such an account makes no difference.
    @ParameterizedTest
    @CsvSource({"1111111111111111", "9999999999999999"})
    void whoIsNoAdministratorManagesItsOwnAccountAlone(String account) {
        String[] asked = {"AccountId", account, "UserName", "eve"};
        for (String action : List.of("CreateUser", "DeleteUser", "CreateAccessKey")) {
            assertThat(code(ask(other(), action, asked))).isEqualTo("Forbidden.RAM");
        }
        assertThat(code(ask(other(), "DescribeUsers", asked))).isEqualTo("Forbidden.RAM");
        assertThat(code(ask(other(), "DescribeAccessKeys", asked))).isEqualTo("Forbidden.RAM");
        assertThat(code(ask(other(), "CreateUser", "UserName", "eve"))).isEmpty();
    }

    @Test
    void aUserMayDoWhatItsPoliciesSayFromTheNextRequestOn() {
        scene.own("CreateUser", "UserName", "eve");
        Sender eve = keyOf("UserName", "eve");
        assertThat(describe(eve)).isEqualTo("Forbidden.RAM");

        scene.own("PutUserPolicy", "UserName", "eve", "PolicyName", "all", "PolicyDocument", ALL);
        assertThat(describe(eve)).isEmpty();
        assertThat(scene.own("DescribeUserPolicies", "UserName", "eve").path("UserPolicies"))
                .hasToString(
                        "{\"UserPolicy\":[{\"PolicyName\":\"all\",\"PolicyDocument\":\"%s\",\"CreationTime\":\"2026-11-22T01:09:36Z\"}]}"
                                .formatted(ALL.replace("\"", "\\\"")));

        scene.own("DeleteUserPolicy", "UserName", "eve", "PolicyName", "all");
        assertThat(describe(eve)).isEqualTo("Forbidden.RAM");
        scene.own("DeleteUser", "UserName", "eve");
        assertThat(describe(eve)).isEqualTo("InvalidAccessKeyId.NotFound");
        assertThat(scene.own("DescribeUsers").path("TotalCount").asInt()).isZero();
    }

    private static String describe(Sender sender) {
        return code(sender.acs3(Api.ECS.version(), "DescribeImages", "RegionId", HANGZHOU));
    }

    @Test
    void aPolicyThatIsNotUnderstoodIsNotPut() {
        scene.own("CreateUser", "UserName", "eve");
        RawHttp.Reply reply =
                ask(
                        "PutUserPolicy",
                        "UserName",
                        "eve",
                        "PolicyName",
                        "all",
                        "PolicyDocument",
                        ALL.replace("}]", ",\"Condition\":{}}]"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("MalformedPolicyDocument");
        assertThat(reply.text()).contains("Condition is not supported");
        assertThat(
                        scene.own("DescribeUserPolicies", "UserName", "eve")
                                .path("UserPolicies")
                                .path("UserPolicy")
                                .size())
                .isZero();
    }

    @Test
    void namesAreTakenOnce() {
        account("third");
        scene.own("CreateUser", "UserName", "eve");
        assertThat(code(ask("CreateAccount", "AccountName", "third")))
                .isEqualTo("EntityAlreadyExists.Account");
        assertThat(
                        code(
                                ask(
                                        "ModifyAccount",
                                        "AccountId",
                                        EdgeScene.OTHER.value(),
                                        "AccountName",
                                        "third")))
                .isEqualTo("EntityAlreadyExists.Account");
        assertThat(code(ask("CreateUser", "UserName", "eve")))
                .isEqualTo("EntityAlreadyExists.User");
    }

    @ParameterizedTest
    @CsvSource({
        "CreateAccount,AccountName,1234567890123456,InvalidParameter.AccountName",
        "CreateUser,UserName,e/ve,InvalidParameter.UserName.InvalidChars",
        "DeleteUserPolicy,PolicyName,a b,InvalidParameter.PolicyName.InvalidChars",
        "ModifyAccount,Quota.1.Name,apples,InvalidParameter.Format",
        "ModifyAccount,AccountId,12,EntityNotExist.Account",
        "CreateSessionToken,DurationSeconds,899,InvalidParameter.Format",
        "CreateSessionToken,DurationSeconds,43201,InvalidParameter.Format"
    })
    void badNamesAreRefused(String action, String name, String value, String code) {
        java.util.Map<String, String> all = new java.util.TreeMap<>();
        all.put("AccountId", EdgeScene.OTHER.value());
        all.put("UserName", "eve");
        all.put(name, value);
        String[] flat =
                all.entrySet().stream()
                        .flatMap(it -> java.util.stream.Stream.of(it.getKey(), it.getValue()))
                        .toArray(String[]::new);
        assertThat(code(ask(action, flat))).isEqualTo(code);
    }

    @Test
    void whatIsNotThereIsSaidToWhoMayKnow() {
        String[] user = {"UserName", "nobody"};
        assertThat(code(ask("DeleteUser", user))).isEqualTo("EntityNotExist.User");
        assertThat(code(ask("CreateAccessKey", user))).isEqualTo("EntityNotExist.User");
        assertThat(code(ask("DescribeUserPolicies", user))).isEqualTo("EntityNotExist.User");
        assertThat(code(ask("CreateSessionToken", user))).isEqualTo("EntityNotExist.User");
        assertThat(code(ask("DescribeUsers", "AccountId", "9999999999999999")))
                .isEqualTo("EntityNotExist.Account");
        assertThat(code(ask("DeleteAccount", "AccountId", "9999999999999999")))
                .isEqualTo("EntityNotExist.Account");
        scene.own("CreateUser", user);
        assertThat(code(ask("DeleteUserPolicy", "UserName", "nobody", "PolicyName", "p")))
                .isEqualTo("EntityNotExist.Policy");
    }

    @Test
    void anAccountThatHoldsSomethingStays() {
        String[] other = {"AccountId", EdgeScene.OTHER.value()};
        var image =
                scene.image(
                        EdgeScene.OTHER,
                        "theirs",
                        org.imageferry.domain.Tags.NONE,
                        ActionScene.GIB);
        assertThat(code(ask("DeleteAccount", other))).isEqualTo("DeleteConflict.Account");

        String snapshot = scene.find(image).orElseThrow().disks().getFirst().snapshot().value();
        assertThat(
                        scene.askAsOther(
                                        "DeleteImage",
                                        "RegionId",
                                        HANGZHOU,
                                        "ImageId",
                                        image.value())
                                .status())
                .isEqualTo(200);
        assertThat(code(ask("DeleteAccount", other))).isEqualTo("DeleteConflict.Account");
        assertThat(scene.askAsOther("DeleteSnapshot", "SnapshotId", snapshot).status())
                .isEqualTo(200);
        scene.own("DeleteAccount", other);
        assertThat(describe(other())).isEqualTo("InvalidAccessKeyId.NotFound");
        assertThat(code(ask("DeleteAccount", other))).isEqualTo("EntityNotExist.Account");
    }

    @Test
    void nobodyDeletesItsOwnAccount() {
        scene.own("ModifyAccount", "AccountId", EdgeScene.OTHER.value(), "Administrator", "true");
        assertThat(code(ask("DeleteAccount", "AccountId", EdgeScene.ACCOUNT.value())))
                .isEqualTo("DeleteConflict.Account.Self");
        assertThat(code(ask(other(), "DeleteAccount", "AccountId", EdgeScene.ACCOUNT.value())))
                .isEmpty();
    }

    @Test
    void oneAdministratorIsAlwaysLeft() {
        String[] demote = {"AccountId", EdgeScene.ACCOUNT.value(), "Administrator", "false"};
        assertThat(code(ask("ModifyAccount", demote)))
                .isEqualTo("DeleteConflict.Account.LastAdministrator");
        assertThat(code(ask("DeleteAccount", "AccountId", EdgeScene.ACCOUNT.value())))
                .isEqualTo("DeleteConflict.Account.LastAdministrator");
        scene.own("ModifyAccount", "AccountId", EdgeScene.OTHER.value(), "Administrator", "true");
        assertThat(code(ask("ModifyAccount", demote))).isEmpty();
        assertThat(code(ask("CollectGarbage"))).isEqualTo("Forbidden.RAM");
    }

    /// A policy about all of one's users is about no others'.
    @Test
    void usersOfOtherAccountsAreAnotherMatterForPolicies() {
        Sender helper =
                scene.user(
                        EdgeScene.ACCOUNT,
                        "helper",
                        """
                        {"Version":"1","Statement":[{"Effect":"Allow","Action":"imageferry:*User*",
                        "Resource":"acs:imageferry:*:*:user/*"}]}\
                        """);
        assertThat(code(ask(helper, "CreateUser", "UserName", "eve"))).isEmpty();
        assertThat(code(ask(helper, "DescribeUsers"))).isEmpty();
        assertThat(
                        code(
                                ask(
                                        helper,
                                        "CreateUser",
                                        "UserName",
                                        "eve",
                                        "AccountId",
                                        EdgeScene.OTHER.value())))
                .isEqualTo("Forbidden.RAM");
    }

    /// A nonce is good once, also for what is managed here.
    @Test
    void aChangeIsMadeOnce() {
        var request =
                scene.client()
                        .signed(
                                "CreateUser",
                                "once",
                                "Version",
                                Api.FERRY.version(),
                                "UserName",
                                "eve");
        String target = "/?" + Sender.query(request);
        assertThat(scene.client().send("GET", target, java.util.Map.of(), new byte[0]).status())
                .isEqualTo(200);
        scene.own("DeleteUser", "UserName", "eve");
        assertThat(scene.client().send("GET", target, java.util.Map.of(), new byte[0]).code())
                .isEqualTo("SignatureNonceUsed");
        assertThat(scene.own("DescribeUsers").path("TotalCount").asInt()).isZero();
    }
}
