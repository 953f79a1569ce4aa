package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private final RecordingAction read = new RecordingAction("DescribeImages", false);
    private final EdgeScene scene = EdgeScene.of(read);

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void aWrongSecretIsAnsweredWithWhatShouldHaveBeenSigned() {
        SortedMap<String, String> signed =
                scene.client().as("testid", "wrong").signed("DescribeImages", "n");

        RawHttp.Reply reply = get(signed);

        signed.remove("Signature");
        String canonical = Sender.query(signed);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(reply.message())
                .isEqualTo(
                        "Specified signature is not matched with our calculation."
                                + " server string to sign is:GET&%2F&"
                                + PercentCode.encode(canonical));
        assertThat(read.asked).isEmpty();
    }

    @Test
    void aWrongSecretOfTheNewerFamilyToo() {
        RawHttp.Reply reply =
                scene.client().as("testid", "wrong").acs3(Api.ECS.version(), "DescribeImages");

        assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(reply.message()).contains("server string to sign is:ACS3-HMAC-SHA256\n");
    }

    @Test
    void anUnknownKeyIsNotFound() {
        RawHttp.Reply reply = scene.client().as("nobody", "x").rpc("DescribeImages");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("InvalidAccessKeyId.NotFound");
        assertThat(reply.message()).isEqualTo("Specified access key is not found.");
    }

    /// Not even by the secret that stands in for theirs.
    @Test
    void anUnknownKeyIsNotFoundWhateverTheSecret() {
        assertThat(scene.client().as("nobody", "nobody's secret").rpc("DescribeImages").code())
                .isEqualTo("InvalidAccessKeyId.NotFound");
    }

    @Test
    void onlyWhoHoldsAnInactiveKeyLearnsThatItIs() {
        assertThat(scene.client().as("asleep", "asleepsecret").rpc("DescribeImages").code())
                .isEqualTo("InvalidAccessKeyId.Inactive");
        assertThat(scene.client().as("asleep", "guessed").rpc("DescribeImages").code())
                .isEqualTo("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @ValueSource(ints = {-15, 15})
    void aClockMayBeAQuarterOfAnHourAwayEitherWay(int minutes) {
        Sender client = scene.client().at(EdgeScene.NOW.plus(Duration.ofMinutes(minutes)));

        assertThat(client.rpc("DescribeImages").status()).isEqualTo(200);
        assertThat(client.acs3(Api.ECS.version(), "DescribeImages").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {-901, 901})
    void aClockFurtherAwayIsRefused(int seconds) {
        Sender client = scene.client().at(EdgeScene.NOW.plusSeconds(seconds));

        assertThat(client.rpc("DescribeImages").code()).isEqualTo("InvalidTimeStamp.Expired");
        assertThat(client.acs3(Api.ECS.version(), "DescribeImages").message())
                .isEqualTo("Specified time stamp or date value is expired.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-22 01:09:36", "2026-11-22T01:09:36.000Z", "2026-02-30T00:00:00Z"})
    void aTimeInAnotherFormIsRefused(String time) {
        assertThat(scene.client().rpc("DescribeImages", "Timestamp", time).code())
                .isEqualTo("InvalidTimeStamp.Format");
    }

    @ParameterizedTest
    @CsvSource({
        "Signature,MissingSignature",
        "AccessKeyId,MissingAccessKeyId",
        "Timestamp,MissingTimestamp",
        "SignatureNonce,MissingSignatureNonce",
        "SignatureMethod,MissingSignatureMethod",
        "SignatureVersion,MissingSignatureVersion",
        "Action,MissingAction",
        "Version,MissingVersion"
    })
    void whatTheGatewayNeedsIsNamedWhenItIsMissing(String name, String code) {
        SortedMap<String, String> parameters = scene.client().signed("DescribeImages", "n");
        parameters.remove(name);

        RawHttp.Reply reply = get(parameters);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.message()).isEqualTo(name + " is mandatory for this action.");
    }

    @ParameterizedTest
    @CsvSource({
        "SignatureMethod,HMAC-SHA256,InvalidSignatureMethod",
        "SignatureVersion,2.0,IncompleteSignature",
        "SignatureType,BEARERTOKEN,InvalidSignatureMethod",
        "SecurityToken,token,InvalidSecurityToken.MismatchWithAccessKey"
    })
    void otherWaysToSignAreRefused(String name, String value, String code) {
        assertThat(scene.client().rpc("DescribeImages", name, value).code()).isEqualTo(code);
    }

    @Test
    void anEmptySignatureTypeIsSignedLikeAnyParameter() {
        assertThat(scene.client().rpc("DescribeImages", "SignatureType", "").status())
                .isEqualTo(200);
    }

    @Test
    void theMethodIsSigned() {
        SortedMap<String, String> forGet = scene.client().signed("DescribeImages", "n");

        RawHttp.Reply reply =
                scene.client().send("POST", "/?" + Sender.query(forGet), Map.of(), new byte[0]);

        assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-HMAC-SM3", "ACS3-RSA-SHA256"})
    void otherMethodsOfTheNewerFamilyAreRefused(String method) {
        RawHttp.Reply reply =
                scene.client()
                        .send(
                                "POST",
                                "/",
                                Map.of(
                                        "authorization",
                                        method + " Credential=testid",
                                        "x-acs-action",
                                        "DescribeImages",
                                        "x-acs-version",
                                        Api.ECS.version()),
                                new byte[0]);

        assertThat(reply.code()).isEqualTo("InvalidSignatureMethod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Credential", "SignedHeaders", "Signature"})
    void anAuthorizationWithoutOneOfItsFieldsIsIncomplete(String field) {
        Map<String, String> headers = acs3Headers(new byte[0]);
        headers.computeIfPresent("authorization", (_, it) -> it.replace(field + "=", "X="));

        RawHttp.Reply reply = scene.client().send("POST", "/", headers, new byte[0]);

        assertThat(reply.code()).isEqualTo("IncompleteSignature");
    }

    @Test
    void theBodyMustBeTheOneThatWasSigned() {
        byte[] signed = "RegionId=cn-hangzhou".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] sent = "RegionId=cn-hangzhoa".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(scene.client().send("POST", "/", acs3Headers(signed), signed).status())
                .isEqualTo(200);
        assertThat(scene.client().send("POST", "/", acs3Headers(signed), sent).code())
                .isEqualTo("SignatureDoesNotMatch");
    }

    /// Else another could make a body into parameters, or parameters into nothing.
    @Test
    void theTypeOfAFormMustBeSignedToo() {
        byte[] form = "RegionId=cn-hangzhou".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Map<String, String> headers = acs3Headers(form);
        headers.put("content-type", "application/x-www-form-urlencoded");

        assertThat(scene.client().send("POST", "/", headers, form).code())
                .isEqualTo("IncompleteSignature");
    }

    @Test
    void aReadCountsOnceAndThenIsTooOld() {
        SortedMap<String, String> request = scene.client().signed("DescribeImages", "again");
        assertThat(get(request).status()).isEqualTo(200);

        assertThat(get(request).code()).isEqualTo("SignatureNonceUsed");
        scene.pass(Duration.ofMinutes(15));
        assertThat(get(request).code()).isEqualTo("SignatureNonceUsed");
        scene.pass(Duration.ofSeconds(1));
        assertThat(get(request).code()).isEqualTo("InvalidTimeStamp.Expired");
    }

    @Test
    void aNonceIsSpentOnlyOnceTheSignatureHolds() {
        SortedMap<String, String> request = scene.client().signed("DescribeImages", "mine");
        SortedMap<String, String> forged =
                scene.client().as("testid", "x").signed("DescribeImages", "mine");

        assertThat(get(forged).code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(get(request).status()).isEqualTo(200);
    }

    @Test
    void anotherKeyMayUseTheSameNonce() {
        assertThat(get(scene.client().signed("DescribeImages", "same")).status()).isEqualTo(200);
        assertThat(
                        get(scene.client()
                                        .as("other", "othersecret")
                                        .signed("DescribeImages", "same"))
                                .status())
                .isEqualTo(200);
        assertThat(read.asked)
                .extracting(it -> it.caller().account())
                .containsExactly(EdgeScene.ACCOUNT, EdgeScene.OTHER);
    }

    private Map<String, String> acs3Headers(byte[] body) {
        return scene.client().headers("POST", "/", Api.ECS.version(), "DescribeImages", "", body);
    }

    private RawHttp.Reply get(SortedMap<String, String> parameters) {
        return scene.client().send("GET", "/?" + Sender.query(parameters), Map.of(), new byte[0]);
    }
}
