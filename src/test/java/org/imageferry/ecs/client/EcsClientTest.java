package org.imageferry.ecs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.imageferry.ecs.client.BucketClient.Arrived;
import org.imageferry.ecs.client.BucketClient.Stretch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EcsClientTest {
    private static final RemoteObject OBJECT = new RemoteObject("cn-hangzhou", "images", "k.raw");

    /// Of the 96 bytes, by another implementation of SHA-256.
    private static final String CLOSING_DIGEST =
            "c1f37f451a129bd2dcfca4e42588594a6bfbd62df9956f2e96ca2b9f6158bb48";

    /// What the server does with one request; the last is repeated.
    private interface Reaction {
        void to(HttpExchange exchange) throws IOException;
    }

    private final Deque<Reaction> script = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> nonces = new ArrayList<>();
    private final List<Duration> rests = new ArrayList<>();
    private HttpServer server;
    private EcsClient client;

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/", this::react);
        server.start();
        client = client("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private EcsClient client(String endpoint) {
        AtomicInteger nonce = new AtomicInteger();
        return new EcsClient(
                Endpoint.parse(endpoint),
                new Credentials("testid", "testsecret"),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                () -> Instant.parse("2026-11-22T01:09:36.789Z"),
                () -> "nonce-" + nonce.incrementAndGet(),
                rests::add);
    }

    private void react(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            nonces.add(exchange.getRequestHeaders().getFirst("x-acs-signature-nonce"));
            assertThat(exchange.getRequestHeaders().getFirst("x-acs-date"))
                    .isEqualTo("2026-11-22T01:09:36Z");
            exchange.getRequestBody().readAllBytes();
            (script.size() > 1 ? script.removeFirst() : script.getFirst()).to(exchange);
        }
    }

    private static Reaction answer(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Reaction hangUp() {
        return _ -> {};
    }

    private static Reaction bytes(String body, String digest) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Digest", digest);
            answer(206, body).to(exchange);
        };
    }

    private static String digest(String body) {
        byte[] hash = Sha256.of(body.getBytes(StandardCharsets.UTF_8));
        return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
    }

    @Test
    void readsTheAnswersObject() throws Exception {
        script.add(answer(200, "{\"RequestId\":\"R-1\",\"ImageId\":\"m-1\"}"));

        assertThat(client.call(Call.ecs("CopyImage")).path("ImageId").asString()).isEqualTo("m-1");
    }

    @Test
    void aRefusalHasTheServersCodeMessageAndRequestId() {
        script.add(
                answer(
                        404,
                        """
                        {"RequestId":"R-1","Code":"InvalidImageId.NotFound","Message":"Not there.",
                        "Recommend":"Look elsewhere."}
                        """));

        assertThatThrownBy(() -> client.call(Call.ecs("DescribeImages")))
                .asInstanceOf(InstanceOfAssertFactories.type(EcsFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(404);
                    assertThat(failure.code()).isEqualTo("InvalidImageId.NotFound");
                    assertThat(failure.reason()).isEqualTo("Not there.");
                    assertThat(failure.requestId()).contains("R-1");
                    assertThat(failure.recommend()).contains("Look elsewhere.");
                });
        assertThat(requests).hasSize(1);
    }

    @Test
    void aReadIsRepeatedWithAnotherNonceWhenTheServerIsUnavailable() throws Exception {
        script.add(answer(503, "{\"Code\":\"ServiceUnavailable\",\"Message\":\"Busy.\"}"));
        script.add(answer(503, "<html>from a proxy</html>"));
        script.add(answer(200, "{}"));

        client.call(Call.ecs("DescribeImages"));

        assertThat(nonces).containsExactly("nonce-1", "nonce-2", "nonce-3");
        assertThat(rests).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void aReadIsRepeatedWhenTheConnectionIsLost() throws Exception {
        script.add(hangUp());
        script.add(answer(200, "{}"));

        client.call(Call.own("DescribeQueue"));

        assertThat(rests).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void readsAreNotRepeatedForEver() {
        script.add(answer(503, "{\"Code\":\"ServiceUnavailable\",\"Message\":\"Busy.\"}"));

        assertThatThrownBy(() -> client.call(Call.ecs("DescribeImages")))
                .isInstanceOf(EcsFailure.class)
                .hasMessage("Busy.");
        assertThat(requests).hasSize(8);
    }

    @Test
    void aChangeIsNotRepeatedUnlessTheServerCanTell() throws Exception {
        script.add(hangUp());
        script.add(hangUp());
        script.add(answer(200, "{}"));

        assertThatThrownBy(() -> client.call(Call.ecs("DeleteImage")))
                .asInstanceOf(InstanceOfAssertFactories.type(EcsFailure.class))
                .extracting(EcsFailure::code)
                .isEqualTo(EcsFailure.CONNECTION_LOST);
        assertThat(requests).hasSize(1);

        client.call(Call.ecs("CopyImage").once("token"));
        assertThat(requests)
                .containsExactly("POST /", "POST /?ClientToken=token", "POST /?ClientToken=token");
    }

    @Test
    void aServerThatNeverAnsweredIsNotWaitedFor() {
        server.stop(0);

        assertThatThrownBy(() -> client.call(Call.ecs("DescribeImages")))
                .asInstanceOf(InstanceOfAssertFactories.type(EcsFailure.class))
                .extracting(EcsFailure::code)
                .isEqualTo(EcsFailure.UNREACHABLE);
        assertThat(rests).isEmpty();
    }

    @Test
    void aServerThatAnsweredBeforeIsWaitedFor() throws Exception {
        script.add(answer(200, "{}"));
        client.call(Call.ecs("DescribeImages"));
        server.stop(0);

        assertThatThrownBy(() -> client.call(Call.ecs("DescribeImages")))
                .isInstanceOf(EcsFailure.class);
        assertThat(rests).hasSize(7);
    }

    @Test
    void whatIsNoJsonIsNoAnswer() {
        script.add(answer(200, "<html>"));

        assertThatThrownBy(() -> client.call(Call.ecs("DescribeImages")))
                .hasMessageContaining("something that is no JSON object")
                .asInstanceOf(InstanceOfAssertFactories.type(EcsFailure.class))
                .extracting(EcsFailure::code)
                .isEqualTo(EcsFailure.BAD_ANSWER);
    }

    @Test
    void anExtentTravelsWithItsPlaceAndDigest() throws Exception {
        script.add(answer(200, "{}"));
        BucketClient bucket = new BucketClient(client);

        Arrived arrived =
                bucket.put(OBJECT, 100, 64, new Body("abc".getBytes(StandardCharsets.UTF_8)));

        assertThat(arrived)
                .isEqualTo(
                        new Arrived(
                                64,
                                3,
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(requests)
                .containsExactly(
                        "PUT /buckets/images/k.raw?Length=100&Offset=64&RegionId=cn-hangzhou");
    }

    @Test
    void anUploadIsClosedByADigestOfAllExtentsInOrder() throws Exception {
        script.add(answer(200, "{}"));
        Arrived first = new Arrived(0, 1, "11".repeat(32));
        Arrived second = new Arrived(1L << 40, 2, "22".repeat(32));

        new BucketClient(client).close(OBJECT, 1L << 41, List.of(second, first));

        assertThat(requests.getFirst())
                .isEqualTo(
                        "POST /buckets/images/k.raw?Extents=2&Length=2199023255552"
                                + "&RegionId=cn-hangzhou&Sha256="
                                + CLOSING_DIGEST);
    }

    @Test
    void anObjectTellsItsStretches() throws Exception {
        script.add(
                answer(
                        200,
                        """
                        {"Length":100,"ETag":"e","Extents":[{"Offset":0,"Length":10}]}
                        """));

        assertThat(new BucketClient(client).find(OBJECT).orElseThrow().stretches())
                .containsExactly(new Stretch(0, 10));
    }

    @Test
    void aMissingObjectIsNothingButAMissingRegionIsAFailure() throws Exception {
        BucketClient bucket = new BucketClient(client);
        script.add(answer(404, "{\"Code\":\"InvalidOSSObject.NotFound\",\"Message\":\"No.\"}"));
        assertThat(bucket.find(OBJECT)).isEmpty();
        assertThat(bucket.arrived(OBJECT, 1)).isEmpty();
        bucket.delete(OBJECT);

        script.clear();
        script.add(answer(404, "{\"Code\":\"InvalidRegionId.NotFound\",\"Message\":\"No.\"}"));
        assertThatThrownBy(() -> bucket.find(OBJECT)).isInstanceOf(EcsFailure.class);
    }

    @Test
    void aRangeIsCheckedByItsDigest() throws Exception {
        BucketClient bucket = new BucketClient(client);
        script.add(bytes("hello", digest("hello")));
        script.add(bytes("hellO", digest("hello")));

        assertThat(bucket.read(OBJECT, 0, 5)).asString().isEqualTo("hello");
        assertThatThrownBy(() -> bucket.read(OBJECT, 0, 5))
                .isInstanceOf(EcsFailure.class)
                .hasMessageContaining("5 bytes at 0 of k.raw arrived damaged");
    }

    @Test
    void aRangeMustBeWholeAndHaveADigest() {
        BucketClient bucket = new BucketClient(client);
        script.add(bytes("hell", digest("hell")));
        script.add(answer(206, "hello"));

        assertThatThrownBy(() -> bucket.read(OBJECT, 0, 5)).isInstanceOf(EcsFailure.class);
        assertThatThrownBy(() -> bucket.read(OBJECT, 0, 5)).isInstanceOf(EcsFailure.class);
    }

    private static Reaction throttling(String retryAfter) {
        return exchange -> {
            exchange.getResponseHeaders().set("x-acs-retry-after", retryAfter);
            answer(400, "{\"Code\":\"Throttling.User\",\"Message\":\"flow control\"}").to(exchange);
        };
    }

    /// Also a change: the server has not begun it.
    @Test
    void whatIsThrottledIsSentAgainAfterTheTimeThatTheServerAsksFor() throws Exception {
        script.add(throttling("1500"));
        script.add(throttling("9999999"));
        script.add(throttling("soon"));
        script.add(answer(200, "{}"));

        client.call(Call.ecs("DeleteImage"));

        assertThat(requests).hasSize(4);
        assertThat(nonces).doesNotHaveDuplicates();
        assertThat(rests)
                .containsExactly(
                        Duration.ofMillis(1_500), Duration.ofMinutes(1), Duration.ofSeconds(1));
    }

    @Test
    void whatIsThrottledForLongIsGivenUp() {
        script.add(throttling("1"));

        assertThatThrownBy(() -> client.call(Call.ecs("DeleteImage")))
                .asInstanceOf(InstanceOfAssertFactories.type(EcsFailure.class))
                .extracting(EcsFailure::code)
                .isEqualTo("Throttling.User");
        assertThat(requests).hasSize(8);
    }
}
