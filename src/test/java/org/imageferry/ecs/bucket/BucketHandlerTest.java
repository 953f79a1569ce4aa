package org.imageferry.ecs.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketHandlerTest {
    private static final int MIB = 1 << 20;
    private static final String PATH = "/buckets/images/golden/disk%20%25.raw";
    private static final byte[] NOTHING = {};

    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply put(long length, long offset, byte[] body) {
        return scene.client()
                .acs3(
                        "PUT",
                        PATH,
                        Api.FERRY.version(),
                        "PutObjectExtent",
                        Map.of(),
                        body,
                        "RegionId",
                        HANGZHOU,
                        "Length",
                        "" + length,
                        "Offset",
                        "" + offset);
    }

    private RawHttp.Reply close(long length, int count, String digest) {
        return scene.client()
                .acs3(
                        "POST",
                        PATH,
                        Api.FERRY.version(),
                        "CloseUpload",
                        Map.of(),
                        NOTHING,
                        "RegionId",
                        HANGZHOU,
                        "Length",
                        "" + length,
                        "Extents",
                        "" + count,
                        "Sha256",
                        digest);
    }

    private RawHttp.Reply get(String action, Map<String, String> headers, String... more) {
        return get(PATH, action, headers, more);
    }

    private RawHttp.Reply get(
            String path, String action, Map<String, String> headers, String... more) {
        String[] parameters = java.util.Arrays.copyOf(more, more.length + 2);
        parameters[more.length] = "RegionId";
        parameters[more.length + 1] = HANGZHOU;
        return scene.client()
                .acs3("GET", path, Api.FERRY.version(), action, headers, NOTHING, parameters);
    }

    private RawHttp.Reply range(String range) {
        return get("GetObject", Map.of("range", range));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String digest(long offset, byte[] bytes) throws NoSuchAlgorithmException {
        ByteBuffer row = ByteBuffer.allocate(48);
        row.putLong(offset).putLong(bytes.length).put(sha256(bytes));
        return HexFormat.of().formatHex(sha256(row.array()));
    }

    @Test
    void anUploadBecomesAnObjectWithItsHoles() throws NoSuchAlgorithmException {
        byte[] content = random(16 * MIB);

        assertThat(put(100L * MIB, 32L * MIB, content).status()).isEqualTo(200);
        RawHttp.Reply arrived =
                get("DescribeUpload", Map.of(), "Length", "" + 100L * MIB, "Upload", "true");
        assertThat(arrived.text())
                .contains(
                        "\"Length\":104857600,\"Extents\":[{\"Offset\":33554432,\"Length\":16777216,"
                                + "\"Sha256\":\""
                                + Sender.sha256(content)
                                + "\"}]");
        assertThat(close(100L * MIB, 1, digest(32L * MIB, content)).status()).isEqualTo(200);

        RawHttp.Reply object = get("DescribeObject", Map.of(), "Extents", "true");
        assertThat(object.json().path("Length").asLong()).isEqualTo(100L * MIB);
        assertThat(object.json().path("ETag").asString()).isNotEmpty();
        assertThat(object.json().path("Extents").toString())
                .isEqualTo("[{\"Offset\":33554432,\"Length\":16777216}]");
        RawHttp.Reply read = range("bytes=33554432-50331647");
        assertThat(read.status()).isEqualTo(206);
        assertThat(read.bytes()).isEqualTo(content);
        assertThat(read.header("content-range")).isEqualTo("bytes 33554432-50331647/104857600");
        assertThat(read.header("content-digest"))
                .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(sha256(content)) + ":");
        assertThat(read.header("etag"))
                .isEqualTo("\"" + object.json().path("ETag").asString() + "\"");
        assertThat(range("bytes=0-9").bytes()).isEqualTo(new byte[10]);
    }

    @Test
    void anUploadIsClosedOnlyIfBothSidesMeanTheSame() throws NoSuchAlgorithmException {
        byte[] content = random(1000);
        put(5000, 0, content);

        for (RawHttp.Reply reply :
                new RawHttp.Reply[] {
                    close(5000, 2, digest(0, content)),
                    close(5000, 1, digest(1, content)),
                    close(6000, 1, digest(0, content))
                }) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.code()).isEqualTo("UploadMismatch");
        }
        assertThat(get("DescribeObject", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aDiskOfNothingButHolesIsAnUploadOfNoExtents() {
        assertThat(close(5000, 0, Sender.sha256(NOTHING)).status()).isEqualTo(200);
        assertThat(range("bytes=4990-9999").bytes()).isEqualTo(new byte[10]);
    }

    @Test
    void anExtentFitsIntoItsObject() {
        assertThat(put(1000, 1, random(1000)).code()).isEqualTo("UploadMismatch");
        assertThat(put(1000, 0, NOTHING).code()).isEqualTo("UploadMismatch");
        assertThat(put(Long.MAX_VALUE, Long.MAX_VALUE, random(1)).code())
                .isEqualTo("UploadMismatch");
        assertThat(put(0, 0, random(1)).code()).isEqualTo("InvalidParameter.Format");
        assertThat(put(1000, 0, random(1000)).status()).isEqualTo(200);
    }

    @Test
    void anExtentHasSixteenMebibytesAtMost() {
        Map<String, String> announced = Map.of("content-length", "" + (16 * MIB + 1));
        RawHttp.Reply reply =
                scene.client()
                        .acs3(
                                "PUT",
                                PATH,
                                Api.FERRY.version(),
                                "PutObjectExtent",
                                announced,
                                NOTHING,
                                "RegionId",
                                HANGZHOU,
                                "Length",
                                "" + 100L * MIB,
                                "Offset",
                                "0");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("RequestEntityTooLarge");
    }

    @Test
    void anExtentIsTheOneThatWasSigned() {
        byte[] signed = random(100);
        byte[] sent = signed.clone();
        sent[50] ^= 1;
        String query = "Length=100&Offset=0&RegionId=" + HANGZHOU;
        Map<String, String> headers =
                scene.client()
                        .headers(
                                "PUT", PATH, Api.FERRY.version(), "PutObjectExtent", query, signed);

        RawHttp.Reply reply = scene.client().send("PUT", PATH + "?" + query, headers, sent);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void pathQueryAndMethodAreSigned() {
        String query = "RegionId=" + HANGZHOU;
        Map<String, String> headers =
                scene.client()
                        .headers(
                                "GET", PATH, Api.FERRY.version(), "DescribeObject", query, NOTHING);

        assertThat(scene.client().send("GET", PATH + "x?" + query, headers, NOTHING).code())
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(scene.client().send("GET", PATH + "?" + query + "&A=1", headers, NOTHING).code())
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(scene.client().send("DELETE", PATH + "?" + query, headers, NOTHING).code())
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(scene.client().send("GET", PATH + "?" + query, headers, NOTHING).code())
                .isEqualTo("InvalidOSSObject.NotFound");
        assertThat(scene.client().send("GET", PATH + "?" + query, headers, NOTHING).code())
                .isEqualTo("SignatureNonceUsed");
    }

    @Test
    void nothingIsServedUnsigned() {
        RawHttp.Reply reply =
                scene.client().send("GET", PATH, Map.of("accept", "application/json"), NOTHING);

        assertThat(reply.code()).isEqualTo("InvalidSignatureMethod");
    }

    @Test
    void bucketsBelongToTheirAccounts() {
        put(1000, 0, random(1000));
        close(1000, 0, "");
        RawHttp.Reply reply =
                scene.client()
                        .as("other", "othersecret")
                        .acs3(
                                "GET",
                                PATH,
                                Api.FERRY.version(),
                                "DescribeUpload",
                                Map.of(),
                                NOTHING,
                                "RegionId",
                                HANGZHOU,
                                "Length",
                                "1000");

        assertThat(reply.text()).contains("\"Extents\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "bytes=0-", "bytes=-5", "bytes=5-4", "bytes=0-1,3-4", "bytes=1000-1001"})
    void aRangeIsOneThatIsThere(String range) {
        put(1000, 0, random(1000));
        close(1000, 1, digestOf(random(1000)));

        RawHttp.Reply reply = range(range);

        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.code()).isEqualTo("InvalidRange");
    }

    private static String digestOf(byte[] bytes) {
        try {
            return digest(0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRangeHasSixteenMebibytesAtMost() {
        close(100L * MIB, 0, Sender.sha256(NOTHING));

        assertThat(range("bytes=0-16777216").status()).isEqualTo(416);
        assertThat(range("bytes=0-16777215").bytes()).hasSize(16 * MIB);
    }

    @Test
    void anObjectCanBeDeletedAlsoWhenItIsGone() {
        close(1000, 0, Sender.sha256(NOTHING));

        for (int i = 0; i < 2; i++) {
            assertThat(
                            scene.client()
                                    .acs3(
                                            "DELETE",
                                            PATH,
                                            Api.FERRY.version(),
                                            "DeleteObject",
                                            Map.of(),
                                            NOTHING,
                                            "RegionId",
                                            HANGZHOU)
                                    .status())
                    .isEqualTo(200);
        }
        assertThat(get("DescribeObject", Map.of()).code()).isEqualTo("InvalidOSSObject.NotFound");
    }

    @ParameterizedTest
    @CsvSource({
        "/buckets/nothere/x,404,InvalidOSSBucket.NotFound",
        "/buckets/X/x,404,InvalidOSSBucket.NotFound",
        "/buckets/images,400,InvalidOSSObject.Malformed",
        "/buckets/images/,400,InvalidOSSObject.Malformed",
        "/buckets/images/.hidden,400,InvalidOSSObject.Malformed",
        "/buckets/images/missing,404,InvalidOSSObject.NotFound"
    })
    void whatIsNotThereIsNotFound(String path, int status, String code) {
        RawHttp.Reply reply = get(path, "DescribeObject", Map.of());

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    /// Each is refused somewhere, and none reaches a file.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/buckets/images/../../etc/passwd",
                "/buckets/images/%2e%2e/x",
                "/buckets/images/a%2F..%2Fb",
                "/buckets/images//x",
                "/buckets/images/a%00b",
                "/buckets/images/a%5C..%5Cb",
                "/buckets/images/%FF"
            })
    void noPathLeadsOutOfABucket(String path) {
        RawHttp.Reply reply = get(path, "DescribeObject", Map.of());

        assertThat(reply.status()).isBetween(400, 404);
        assertThat(new String(reply.bytes(), StandardCharsets.UTF_8)).contains("RequestId");
    }

    @Test
    void anUnknownCallOrTheWrongMethodOrVersionIsNotFound() {
        assertThat(get("PutObjectExtent", Map.of()).code()).isEqualTo("InvalidAction.NotFound");
        assertThat(get("CopyImage", Map.of()).code()).isEqualTo("InvalidAction.NotFound");
        assertThat(
                        scene.client()
                                .acs3(
                                        "GET",
                                        PATH,
                                        Api.ECS.version(),
                                        "DescribeObject",
                                        Map.of(),
                                        NOTHING)
                                .code())
                .isEqualTo("InvalidAction.NotFound");
    }

    @Test
    void aBrokenRegionTakesNothing() {
        scene.breakDown(HANGZHOU, "its disk is full");

        RawHttp.Reply reply = put(10, 0, random(10));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.message()).endsWith("cn-hangzhou: its disk is full");
    }
}
