package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.access.Credential;
import org.imageferry.access.Keys;
import org.imageferry.access.Principal;
import org.imageferry.access.Rights;
import org.imageferry.access.Secret;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests of real clients, sent again byte by byte at their time.
class GoldenRequestsTest {
    private final RecordingAction copy = new RecordingAction("CopyImage", true);
    private final RecordingAction cancel = new RecordingAction("CancelCopyImage", true);
    private final EdgeScene scene = EdgeScene.of(copy, cancel);

    @AfterEach
    void stop() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classic-java-copy-image",
                "tea-java-copy-image",
                "node-copy-image",
                "pop-core-get",
                "pop-core-post"
            })
    void aCopyIsAskedForByAnyClient(String name) {
        RawHttp.Reply reply = send(request(name));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json;charset=utf-8");
        assertThat(copy.asked).hasSize(1);
        ActionRequest asked = copy.asked.getFirst();
        assertThat(asked.caller().account()).isEqualTo(EdgeScene.ACCOUNT);
        assertThat(asked.parameters().text("DestinationImageName")).isEqualTo("copy *~ 中 name");
        assertThat(asked.parameters().list("Tag").get(1)).hasToString("{Key=k1, Value=v1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic-java-cancel-copy-image", "tea-java-cancel-copy-image"})
    void aCopyIsCancelledByAnyClient(String name) {
        assertThat(send(request(name)).status()).isEqualTo(200);
        assertThat(cancel.asked.getFirst().parameters().text("ImageId")).isEqualTo("m-bp1");
    }

    @Test
    void parametersMayBeInQueryAndFormTogether() {
        RawHttp.Reply reply = send(request("classic-java-query-and-form"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Parameters parameters = copy.asked.getFirst().parameters();
        assertThat(parameters.text("DestinationRegionId")).isEqualTo("cn-shanghai");
        assertThat(parameters.text("RegionId")).isEqualTo("cn-hangzhou");
    }

    @Test
    void aTokenIsNotTakenWithAPermanentKey() {
        RawHttp.Reply reply = send(request("tea-java-security-token"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
    }

    @Test
    void aTokenIsTakenWithTheTemporaryKeyThatItWasMadeFor() {
        Keys keys =
                (id, token) ->
                        Optional.of(
                                new Credential(
                                        new Principal(
                                                Account.of(
                                                        EdgeScene.ACCOUNT,
                                                        new AccountName("first"),
                                                        EdgeScene.NOW),
                                                Optional.empty(),
                                                Rights.UNLIMITED,
                                                id + token,
                                                Optional.of(EdgeScene.NOW),
                                                10),
                                        new Secret("testsecret"),
                                        Credential.Standing.GOOD));
        String request = request("tea-java-security-token");
        try (EdgeScene temporary =
                new EdgeScene(
                        new SettableClock(EdgeScene.NOW),
                        keys,
                        parts -> List.of(EdgeScene.handler(parts, new Actions(List.of(copy)))))) {
            RawHttp.Reply reply =
                    RawHttp.send(temporary.port(), request.getBytes(StandardCharsets.UTF_8));

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(copy.asked.getFirst().principal().accessKey()).isEqualTo("testidSTSTOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classic-java-copy-image",
                "classic-java-query-and-form",
                "tea-java-copy-image",
                "node-copy-image",
                "pop-core-get",
                "pop-core-post"
            })
    void anythingChangedOnTheWayIsNoticed(String name) {
        RawHttp.Reply reply = send(request(name).replace("cn-shanghai", "cn-shanghbi"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(copy.asked).isEmpty();
    }

    @Test
    void aSwappedActionIsNoticed() {
        String tea = request("tea-java-copy-image");
        String classic = request("classic-java-copy-image");

        assertThat(send(tea.replace("x-acs-action: CopyImage", "x-acs-action: DeleteImage")).code())
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(send(classic.replace("x-acs-action: CopyImage", "x-acs-action: X")).code())
                .isEqualTo("InvalidParameter.Format");
        assertThat(
                        send(classic.replace("Action=CopyImage", "Action=DeleteImage")
                                        .replace(
                                                "x-acs-action: CopyImage",
                                                "x-acs-action: DeleteImage"))
                                .code())
                .isEqualTo("SignatureDoesNotMatch");
    }

    /// A header of the newer family that is there but not signed could be anybody's.
    @Test
    void aHeaderTakenOutOfTheSignatureIsNoticed() {
        String request = request("tea-java-copy-image").replace(";x-acs-action;", ";");

        assertThat(send(request).code()).isEqualTo("IncompleteSignature");
    }

    @Test
    void aRequestCountsOnce() {
        assertThat(send(request("tea-java-copy-image")).status()).isEqualTo(200);
        copy.answer =
                () -> {
                    throw new org.imageferry.domain.RefusedException(
                            new org.imageferry.domain.Refusal.NonceUsed());
                };

        RawHttp.Reply again = send(request("tea-java-copy-image"));

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.code()).isEqualTo("SignatureNonceUsed");
    }

    private RawHttp.Reply send(String request) {
        return RawHttp.send(scene.port(), request.getBytes(StandardCharsets.UTF_8));
    }

    private String request(String name) {
        scene.set(Instant.parse("2026-11-22T01:09:36Z"));
        String path = "/ecs/requests/" + name + ".http";
        try (InputStream in = GoldenRequestsTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("there is no " + path);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String[] both = text.split("\n\n", 2);
            String head = both[0].stripTrailing().replace("\n", "\r\n") + "\r\n\r\n";
            String body = both.length == 2 ? both[1].strip() : "";
            return head + (head.contains("chunked") ? body + "\r\n\r\n" : body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
