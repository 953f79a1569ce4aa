package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WebhookActionsTest {
    private static final String URL = "https://hooks.example/ferry";

    private final ActionScene scene = new ActionScene();
    private final List<String> received = new ArrayList<>();
    private HttpServer receiver;
    private int status = 204;

    WebhookActionsTest() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void receive() {
        receiver.createContext(
                "/",
                exchange -> {
                    received.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        scene.close();
    }

    private String receiverUrl() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    }

    private JsonNode create(String... parameters) {
        return scene.own("CreateWebhook", parameters).path("Webhook");
    }

    private JsonNode listed() {
        return scene.own("DescribeWebhooks").path("Webhooks").path("Webhook");
    }

    private RawHttp.Reply asOther(String action, String... parameters) {
        return other().acs3(Api.FERRY.version(), action, parameters);
    }

    private Sender other() {
        return scene.client().as("other", "othersecret");
    }

    private String refusal(String action, String... parameters) {
        return scene.client().acs3(Api.FERRY.version(), action, parameters).code();
    }

    @Test
    void aWebhookIsCreatedWithASecretThatIsShownOnce() {
        JsonNode created =
                create(
                        "Url",
                        URL,
                        "EventType.1",
                        "copy.finished",
                        "EventType.2",
                        "copy.failed",
                        "EventType.3",
                        "copy.failed");

        assertThat(created.path("Secret").asString()).startsWith("whsec_");
        JsonNode listed = listed().path(0);
        assertThat(listed.toString())
                .isEqualTo(
                        """
                        {"WebhookId":%s,"Url":"https://hooks.example/ferry",\
                        "EventTypes":{"EventType":["copy.finished","copy.failed"]},\
                        "Status":"Enabled","CreationTime":"2026-11-22T01:09:36.000Z",\
                        "PendingEvents":0,"MissedEvents":0,"Failures":0,"FailingSince":"",\
                        "LastAttemptTime":"","LastDeliveryTime":"","LastError":""}\
                        """
                                .formatted(created.path("WebhookId")));
    }

    @Test
    void anEndedTaskWaitsForItsWebhook() {
        create("Url", URL);
        scene.call(
                "CancelCopyImage",
                "RegionId",
                ActionScene.SHANGHAI,
                "ImageId",
                scene.copyOf(scene.image("golden"), "copy").value());

        assertThat(listed().path(0).path("PendingEvents").asInt()).isEqualTo(1);
    }

    @Test
    void aTestIsSentAtOnceAndItsOutcomeTold() {
        String id = create("Url", receiverUrl()).path("WebhookId").asString();

        JsonNode good = scene.own("TestWebhook", "WebhookId", id);
        status = 500;
        JsonNode bad = scene.own("TestWebhook", "WebhookId", id);

        assertThat(good.path("Delivered").asBoolean()).isTrue();
        assertThat(good.path("HttpStatus").asInt()).isEqualTo(204);
        assertThat(bad.path("Delivered").asBoolean()).isFalse();
        assertThat(bad.path("Error").asString()).isEqualTo("it answered 500");
        assertThat(received).hasSize(2).allSatisfy(it -> assertThat(it).startsWith("test-"));
        assertThat(listed().path(0).path("LastDeliveryTime").asString()).isNotEmpty();
    }

    @Test
    void aDeletedWebhookIsGone() {
        String id = create("Url", URL).path("WebhookId").asString();

        scene.own("DeleteWebhook", "WebhookId", id);

        assertThat(listed().size()).isZero();
        assertThat(refusal("DeleteWebhook", "WebhookId", id))
                .isEqualTo("InvalidWebhookId.NotFound");
        assertThat(refusal("TestWebhook", "WebhookId", "wh-none"))
                .isEqualTo("InvalidWebhookId.NotFound");
    }

    /// The first account is an administrator; that makes no difference.
    @Test
    void nobodySeesOrTouchesAnothersWebhooks() {
        RawHttp.Reply theirs = asOther("CreateWebhook", "Url", URL);
        String id = theirs.json().path("Webhook").path("WebhookId").asString();

        assertThat(listed().size()).isZero();
        assertThat(refusal("DeleteWebhook", "WebhookId", id))
                .isEqualTo("InvalidWebhookId.NotFound");
        assertThat(refusal("TestWebhook", "WebhookId", id)).isEqualTo("InvalidWebhookId.NotFound");
        assertThat(asOther("DescribeWebhooks").text()).contains(id);
        assertThat(asOther("DescribeWebhooks").text()).doesNotContain("whsec_");
    }

    @Test
    void anAccountHasTwentyWebhooksAtMost() {
        for (int i = 0; i < 20; i++) {
            create("Url", URL + i);
        }

        assertThat(refusal("CreateWebhook", "Url", URL)).isEqualTo("LimitExceeded");
        assertThat(asOther("CreateWebhook", "Url", URL).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://hooks.example/",
                "hooks.example",
                "https://",
                "https:///path",
                "https://user:word@hooks.example/",
                "https://hooks.example/#part",
                "https://hooks.example:0/",
                "https://hooks.example:65536/",
                "https://hooks.example/a b",
                "https://hooks.example/\r\nx: y",
                "https://höoks.example/"
            })
    void whatIsNoUrlIsRefused(String url) {
        assertThat(refusal("CreateWebhook", "Url", url)).isEqualTo("InvalidParameter.Url");
    }

    @Test
    void whatIsMissingOrNoTypeIsRefused() {
        assertThat(refusal("CreateWebhook")).isEqualTo("MissingParameter");
        assertThat(refusal("CreateWebhook", "Url", URL, "EventType.1", "copy.begun"))
                .isEqualTo("InvalidParameter.EventType");
    }

    @Test
    void aUserNeedsARightForEachWebhook() {
        Sender user =
                scene.user(
                        EdgeScene.ACCOUNT,
                        "watcher",
                        """
                        {"Version":"1","Statement":[{"Effect":"Allow",\
                        "Action":"imageferry:DescribeWebhooks","Resource":"*"}]}\
                        """);

        assertThat(user.acs3(Api.FERRY.version(), "DescribeWebhooks").status()).isEqualTo(200);
        assertThat(user.acs3(Api.FERRY.version(), "CreateWebhook", "Url", URL).code())
                .isEqualTo("Forbidden.RAM");
    }
}
