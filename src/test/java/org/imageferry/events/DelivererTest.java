package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.EventType;
import org.imageferry.domain.Image;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookUrl;
import org.imageferry.kms.MemoryMasterKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DelivererTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final Catalog catalog = SqliteCatalog.inMemory(clock, new Random(1));
    private final CatalogScenes scenes = new CatalogScenes(catalog);
    private final MemoryMasterKey master = new MemoryMasterKey();
    private final Image image = scenes.image(scenes.account(), CatalogScenes.HANGZHOU);
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final ScriptedServer server = new ScriptedServer(out -> out.write(answer()));
    private final Outside outside = TestOutside.anywhere(clock);
    private final WebhookRequests requests =
            new WebhookRequests(catalog, master, outside, new Random(2));
    private final Queue<Deliverer.Result> results = new ConcurrentLinkedQueue<>();
    private final Deliverer deliverer = deliverer(Runnable::run);
    private int nonces;

    DelivererTest() throws IOException {}

    /// 204 when nothing else is planned.
    private synchronized byte[] answer() {
        int status = statuses.isEmpty() ? 204 : statuses.removeFirst();
        return ("HTTP/1.1 " + status + " Planned\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private Deliverer deliverer(Executor executor) {
        return new Deliverer(
                catalog, master, outside, new Random(3), executor, () -> {}, results::add);
    }

    @AfterEach
    void close() {
        server.close();
        catalog.close();
    }

    private WebhookRequests.Created webhook(EventType... types) {
        return requests.create(
                new WebhookRequests.Order(image.account(), "key", "nonce" + nonces++),
                new WebhookUrl(server.url()),
                List.of(types));
    }

    private void end() {
        scenes.end(scenes.export(image));
    }

    private void deliver() {
        while (deliverer.step()) {
            // the next one
        }
    }

    private void answers(Integer... planned) {
        statuses.addAll(List.of(planned));
    }

    private WebhookRequests.Shown shown() {
        return requests.list(image.account()).getFirst();
    }

    private static Map<String, String> headers(String request) {
        Map<String, String> headers = new HashMap<>();
        request.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.contains(": "))
                .forEach(line -> headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
        return headers;
    }

    private static String body(String request) {
        return request.split("\r\n\r\n", 2)[1];
    }

    @Test
    void anEventIsDeliveredOnceAndSigned() throws Exception {
        WebhookSecret secret = webhook().secret();
        end();
        deliver();
        deliver();
        assertThat(server.requests()).hasSize(1);
        String request = server.requests().getFirst();
        Map<String, String> headers = headers(request);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.key(), "HmacSHA256"));
        String signed =
                headers.get("webhook-id")
                        + "."
                        + headers.get("webhook-timestamp")
                        + "."
                        + body(request);
        assertThat(headers)
                .containsEntry(
                        "webhook-signature",
                        "v1,"
                                + Base64.getEncoder()
                                        .encodeToString(
                                                mac.doFinal(
                                                        signed.getBytes(StandardCharsets.UTF_8))))
                .containsEntry(
                        "webhook-timestamp", Long.toString(clock.instant().getEpochSecond()));
        JsonNode json = JsonMapper.shared().readTree(body(request));
        assertThat(json.path("type").asString()).isEqualTo("export.finished");
        assertThat(json.path("data").path("EventId").asString())
                .isEqualTo(headers.get("webhook-id"));
        assertThat(json.path("data").path("ImageId").asString()).isEqualTo(image.id().value());
    }

    @Test
    void whatFailsIsTriedAgainLaterWithTheSameId() {
        webhook();
        end();
        answers(500, 302);
        deliver();
        assertThat(server.requests()).hasSize(1);
        assertThat(shown().webhook().health().lastError()).isEqualTo("it answered 500");
        assertThat(shown().pending()).isEqualTo(1);
        clock.advance(A_MINUTE);
        deliver();
        assertThat(shown().webhook().health().lastError())
                .isEqualTo("it answered 302, and redirects are not followed");
        clock.advance(A_MINUTE);
        deliver();
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().stream().map(it -> headers(it).get("webhook-id")).distinct())
                .hasSize(1);
        assertThat(shown().pending()).isZero();
        assertThat(shown().webhook().health().failures()).isZero();
        assertThat(shown().webhook().health().lastDelivered())
                .contains(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void eachAttemptIsToldToWhoKeepsAccountOfThem() {
        webhook();
        end();
        answers(500);
        deliver();
        clock.advance(A_MINUTE);
        deliver();
        assertThat(results).containsExactly(Deliverer.Result.REFUSED, Deliverer.Result.DELIVERED);
        results.clear();
        end();
        server.close();
        deliver();
        assertThat(results).containsExactly(Deliverer.Result.UNANSWERED);
    }

    @Test
    void anEventIsGivenUpWhenItIsADayOld() {
        webhook();
        end();
        Instant begin = clock.instant();
        Integer[] failures = new Integer[100];
        Arrays.fill(failures, 503);
        answers(failures);
        while (shown().pending() > 0) {
            deliver();
            clock.advance(A_MINUTE);
        }
        assertThat(Duration.between(begin, clock.instant()))
                .isBetween(Duration.ofHours(14), Duration.ofHours(25));
        assertThat(server.requests()).hasSizeBetween(10, 13);
        assertThat(shown().webhook().health().enabled()).isTrue();
    }

    @Test
    void oneEventThatIsNotTakenHoldsUpNoOther() {
        webhook();
        end();
        answers(500);
        deliver();
        end();
        clock.advance(Duration.ofSeconds(3));
        deliver();
        assertThat(server.requests()).hasSize(2);
        assertThat(headers(server.requests().get(1)).get("webhook-id"))
                .isNotEqualTo(headers(server.requests().get(0)).get("webhook-id"));
    }

    @Test
    void aWebhookThatFailsForFiveDaysIsDisabledUntilATestSucceeds() {
        webhook();
        Integer[] failures = new Integer[1_000];
        Arrays.fill(failures, 500);
        answers(failures);
        for (int hours = 0; hours <= 5 * 24 + 1; hours++) {
            end();
            deliver();
            clock.advance(Duration.ofHours(1));
        }
        assertThat(shown().webhook().health().enabled()).isFalse();
        assertThat(shown().pending()).isZero();
        int told = server.requests().size();
        end();
        deliver();
        assertThat(server.requests()).hasSize(told);
        Webhook webhook = shown().webhook();
        assertThat(requests.test(image.account(), webhook.id()).error())
                .contains("it answered 500");
        assertThat(shown().webhook().health().enabled()).isFalse();
        statuses.clear();
        assertThat(requests.test(image.account(), webhook.id()).error()).isEmpty();
        assertThat(shown().webhook().health().enabled()).isTrue();
        end();
        deliver();
        assertThat(server.requests()).hasSize(told + 3);
    }

    @Test
    void aReceiverThatIsGoneIsToldNothingMore() {
        webhook();
        end();
        end();
        answers(410);
        deliver();
        assertThat(shown().webhook().health().enabled()).isFalse();
        assertThat(shown().pending()).isZero();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void onlyEventsThatAreWantedAreDelivered() {
        webhook(EventType.find("copy.failed").orElseThrow());
        end();
        deliver();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anotherNodeDeliversWhatADeadOneHadClaimed() {
        webhook();
        end();
        assertThat(deliverer(_ -> {}).step()).isTrue(); // it dies
        deliver();
        assertThat(server.requests()).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        deliver();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aNodeThatComesLateChangesNothing() {
        webhook();
        end();
        List<Runnable> late = new ArrayList<>();
        deliverer(late::add).step();
        clock.advance(Duration.ofMinutes(2));
        answers(204, 500);
        deliver();
        late.forEach(Runnable::run);
        assertThat(server.requests()).hasSize(2); // at least once: a receiver knows it by its id
        assertThat(shown().pending()).isZero();
        assertThat(shown().webhook().health().failures()).isZero();
    }

    @Test
    void whatIsBrokenOffByAStopIsNoFailure() {
        webhook();
        end();
        List<Runnable> under = new ArrayList<>();
        Deliverer stopping = deliverer(under::add);
        stopping.step();
        answers(500);
        stopping.close();
        under.forEach(Runnable::run);
        assertThat(shown().webhook().health().failures()).isZero();
        assertThat(shown().pending()).isEqualTo(1);
        assertThat(stopping.step()).isFalse();
    }

    @Test
    void whatIsDeletedWhileItIsToldStaysDeleted() {
        Webhook webhook = webhook().webhook();
        end();
        List<Runnable> later = new ArrayList<>();
        deliverer(later::add).step();
        requests.delete(new WebhookRequests.Order(image.account(), "key", "delete"), webhook.id());
        later.forEach(Runnable::run);
        assertThat(requests.list(image.account())).isEmpty();
    }

    @Test
    void onlySoManyAreDeliveredAtATime() {
        for (int i = 0; i < 20; i++) {
            webhook();
        }
        Image theirs = scenes.image(scenes.account(), CatalogScenes.HANGZHOU);
        for (int i = 0; i < 20; i++) {
            requests.create(
                    new WebhookRequests.Order(theirs.account(), "key", "theirs" + i),
                    new WebhookUrl(server.url()),
                    List.of());
        }
        end();
        scenes.end(scenes.export(theirs));
        List<Runnable> under = new ArrayList<>();
        Deliverer busy = deliverer(under::add);
        while (busy.step()) {
            // the next one
        }
        assertThat(under).hasSize(32);
        under.getFirst().run();
        assertThat(busy.step()).isTrue();
    }

    @Test
    void whatAnotherMasterKeyWrappedIsSaid() {
        webhook();
        end();
        Deliverer other =
                new Deliverer(
                        catalog,
                        new MemoryMasterKey(),
                        outside,
                        new Random(1),
                        Runnable::run,
                        () -> {},
                        results::add);
        other.step();
        assertThat(server.requests()).isEmpty();
        assertThat(shown().webhook().health().lastError()).contains("another master key");
    }
}
