package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imageferry.catalog.CatalogException;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcsHandlerTest {
    private static final ImageId IMAGE = new ImageId("m-aaaaaaaaaaaaaaaaaaaa");

    private final RecordingAction read = new RecordingAction("DescribeImages", false);
    private final RecordingAction change = new RecordingAction("DeleteImage", true);
    private final EdgeScene scene = EdgeScene.of(read, change);

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void anErrorInJsonHasItsFiveFields() {
        read.answer = refusing(new Refusal.UnknownImage(IMAGE));

        RawHttp.Reply reply = scene.client().rpc("DescribeImages");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("content-type")).isEqualTo("application/json;charset=utf-8");
        assertThat(reply.text())
                .isEqualTo(
                        """
                        {"RequestId":"00000000-0000-4000-8000-000000000001",\
                        "HostId":"127.0.0.1:%d",\
                        "Code":"InvalidImageId.NotFound",\
                        "Message":"The specified ImageId does not exist.",\
                        "Recommend":"docs/reference/errors.md says when InvalidImageId.NotFound is sent."}\
                        """
                                .formatted(scene.port()));
    }

    @Test
    void anErrorInXmlHasThemToo() {
        read.answer = refusing(new Refusal.UnknownImage(IMAGE));

        RawHttp.Reply reply = scene.client().rpc("DescribeImages", "Format", "XML");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("content-type")).isEqualTo("text/xml;charset=utf-8");
        assertThat(reply.text())
                .isEqualTo(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>\
                        <Error><RequestId>00000000-0000-4000-8000-000000000001</RequestId>\
                        <HostId>127.0.0.1:%d</HostId>\
                        <Code>InvalidImageId.NotFound</Code>\
                        <Message>The specified ImageId does not exist.</Message>\
                        <Recommend>docs/reference/errors.md says when InvalidImageId.NotFound is sent.\
                        </Recommend></Error>\
                        """
                                .formatted(scene.port()));
    }

    @Test
    void successInXmlIsNamedForItsAction() {
        assertThat(scene.client().rpc("DescribeImages", "Format", "xml").text())
                .isEqualTo(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>\
                        <DescribeImagesResponse>\
                        <RequestId>00000000-0000-4000-8000-000000000001</RequestId>\
                        <Done>true</Done></DescribeImagesResponse>\
                        """);
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() {
        RawHttp.Reply one = scene.client().rpc("DescribeImages");
        RawHttp.Reply two = scene.client().rpc("DescribeImages");

        assertThat(one.json().path("RequestId").asString())
                .isEqualTo(one.header("x-acs-request-id"))
                .isNotEqualTo(two.json().path("RequestId").asString());
    }

    @Test
    void withoutFormatTheOlderFamilyGetsXmlUnlessItAcceptsJson() {
        assertThat(unformatted(Map.of()).header("content-type")).startsWith("text/xml");
        assertThat(unformatted(Map.of("accept", "application/json")).header("content-type"))
                .startsWith("application/json");
    }

    private RawHttp.Reply unformatted(Map<String, String> headers) {
        SortedMap<String, String> signed =
                scene.client().signed("DescribeImages", Sender.nonce(), "Format", "");
        return scene.client().send("GET", "/?" + Sender.query(signed), headers, new byte[0]);
    }

    @Test
    void theNewerFamilyGetsJsonUnlessItAcceptsXml() {
        assertThat(scene.client().acs3(Api.ECS.version(), "DescribeImages").header("content-type"))
                .startsWith("application/json");
        assertThat(
                        scene.client()
                                .acs3(
                                        "POST",
                                        "/",
                                        Api.ECS.version(),
                                        "DescribeImages",
                                        Map.of("accept", "text/xml"),
                                        new byte[0])
                                .header("content-type"))
                .startsWith("text/xml");
    }

    @Test
    void anUnknownActionIsNotFoundButOnlyBySomebodyKnown() {
        RawHttp.Reply reply = scene.client().rpc("RunInstances");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("InvalidAction.NotFound");
        assertThat(reply.message())
                .isEqualTo("Specified api is not found, please check your url and method.");
        assertThat(scene.client().as("testid", "wrong").rpc("RunInstances").code())
                .isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void anUnknownVersionIsNotValid() {
        RawHttp.Reply reply = scene.client().rpc("DescribeImages", "Version", "2013-01-10");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("InvalidVersion");
        assertThat(reply.message()).isEqualTo("Specified parameter Version is not valid.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsAreNotSupported(String method) {
        RawHttp.Reply reply =
                scene.client().send(method, "/", Map.of("accept", "application/json"), new byte[0]);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("UnsupportedHTTPMethod");
    }

    @Test
    void aBodyMayHaveAMebibyteAndNoMore() {
        byte[] most = form(1 << 20);
        byte[] more = form((1 << 20) + 1);

        assertThat(post(most, Map.of()).code()).isEqualTo("MissingAction");
        assertThat(post(more, Map.of()).status()).isEqualTo(413);
        assertThat(post(more, Map.of()).code()).isEqualTo("RequestEntityTooLarge");
    }

    /// Nobody said how long it is.
    @Test
    void aChunkedBodyIsCountedAsItComes() {
        byte[] chunked = chunks(form((1 << 20) + 1));
        byte[] fine = chunks(form(100_000));
        Map<String, String> headers = Map.of("transfer-encoding", "chunked", "content-length", "");

        assertThat(post(chunked, headers).status()).isEqualTo(413);
        assertThat(post(fine, headers).code()).isEqualTo("MissingAction");
    }

    private RawHttp.Reply post(byte[] body, Map<String, String> more) {
        SortedMap<String, String> headers = new java.util.TreeMap<>();
        headers.put("accept", "application/json");
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("content-length", Integer.toString(body.length));
        headers.putAll(more);
        StringBuilder head =
                new StringBuilder("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return RawHttp.send(scene.port(), all);
    }

    private static byte[] form(int length) {
        String text =
                IntStream.range(0, 100)
                        .mapToObj(i -> "P%03d=%s".formatted(i, "x".repeat(length / 100 - 6)))
                        .collect(Collectors.joining("&"));
        return (text + "&".repeat(length - text.length())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] chunks(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String chunk = Integer.toHexString(body.length) + "\r\n" + text + "\r\n0\r\n\r\n";
        return chunk.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFaultOfOursIsAnInternalErrorWithoutItsDetails() {
        read.answer =
                () -> {
                    throw new IllegalStateException("the secret reason");
                };

        RawHttp.Reply reply = scene.client().rpc("DescribeImages");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("InternalError");
        assertThat(reply.text()).doesNotContain("secret reason");
    }

    @Test
    void aCatalogThatFailsMakesTheServiceUnavailable() {
        read.answer =
                () -> {
                    throw new CatalogException("its disk is full");
                };

        RawHttp.Reply reply = scene.client().rpc("DescribeImages");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("ServiceUnavailable");
        assertThat(reply.message()).endsWith(" its disk is full");
    }

    @Test
    void anUnavailableRegionIsToldWithTheReason() {
        read.answer =
                refusing(
                        new Refusal.RegionUnavailable(
                                new RegionId("cn-beijing"), "its disk is full"));

        RawHttp.Reply reply = scene.client().rpc("DescribeImages");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.message())
                .isEqualTo(
                        "The request has failed due to a temporary failure of the server."
                                + " cn-beijing: its disk is full");
    }

    /// Its time would come when it might succeed.
    @Test
    void aRefusedChangeIsNotTriedAgain() {
        SortedMap<String, String> request = scene.client().signed("DeleteImage", "once");
        change.answer = refusing(new Refusal.ImageBeingCopied(IMAGE));
        assertThat(get(request).status()).isEqualTo(403);

        change.answer = read.answer;

        assertThat(get(request).code()).isEqualTo("SignatureNonceUsed");
        assertThat(change.asked).hasSize(1);
    }

    @Test
    void aChangeThatSucceededIsTheEnginesToRecognize() {
        SortedMap<String, String> request = scene.client().signed("DeleteImage", "once");
        assertThat(get(request).status()).isEqualTo(200);

        change.answer = refusing(new Refusal.NonceUsed());

        assertThat(get(request).code()).isEqualTo("SignatureNonceUsed");
        assertThat(change.asked).hasSize(2);
        assertThat(change.asked.getFirst().caller().nonce()).isEqualTo("once");
    }

    @Test
    void aFormMayHoldEverything() {
        SortedMap<String, String> signed =
                scene.client().signedFor("POST", "DescribeImages", "n", "RegionId", "中 *~");

        RawHttp.Reply reply =
                scene.client()
                        .send(
                                "POST",
                                "/",
                                Map.of("content-type", "application/x-www-form-urlencoded"),
                                Sender.query(signed).getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(read.asked.getFirst().parameters().text("RegionId")).isEqualTo("中 *~");
    }

    private RawHttp.Reply get(SortedMap<String, String> parameters) {
        return scene.client().send("GET", "/?" + Sender.query(parameters), Map.of(), new byte[0]);
    }

    private static java.util.function.Supplier<tools.jackson.databind.node.ObjectNode> refusing(
            Refusal refusal) {
        return () -> {
            throw new RefusedException(refusal);
        };
    }
}
