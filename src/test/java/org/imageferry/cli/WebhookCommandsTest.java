package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WebhookCommandsTest extends CommandTest {
    @Test
    void aWebhookIsCreatedWithItsSecret() {
        assertThat(
                        scene().run(
                                        "webhook",
                                        "create",
                                        "https://a.example/",
                                        "--on",
                                        "copy.finished,copy.failed"))
                .isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        Webhook  wh-1
                        Url      https://a.example/
                        Events   copy.finished,copy.failed
                        Secret   whsec_c2VjcmV0
                        """);

        scene().run("webhook", "create", "https://b.example/", "-o", "json");
        assertThat(scene().json().path("Secret").asString()).isEqualTo("whsec_c2VjcmV0");
    }

    @Test
    void webhooksAreListedWithHowDeliveriesGo() {
        scene().run("webhook", "create", "https://a.example/");

        assertThat(scene().run("webhook", "list")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        WEBHOOK  URL                 EVENTS  STATUS   PENDING  FAILURES  DELIVERED                 LAST ERROR
                        wh-1     https://a.example/  all     Enabled        2         0  2026-11-22T01:09:36.000Z
                        """);
        scene().run("webhook", "list", "-o", "json");
        assertThat(scene().json()).hasSize(1);
    }

    @Test
    void aTestSaysHowItWent() {
        scene().run("webhook", "create", "https://a.example/");
        scene().run("webhook", "create", "https://broken.example/");

        assertThat(scene().run("webhook", "test", "wh-1")).isZero();
        assertThat(scene().out()).contains("wh-1     delivered  204     12");
        assertThat(scene().run("webhook", "test", "wh-2")).isEqualTo(1);
        assertThat(scene().out()).contains("it answered 500");
    }

    @Test
    void aDeletedWebhookIsGone() {
        scene().run("webhook", "create", "https://a.example/");

        assertThat(scene().run("webhook", "delete", "wh-1")).isZero();
        assertThat(scene().out()).isEqualTo("DELETED\nwh-1\n");
        assertThat(scene().run("webhook", "delete", "wh-1")).isEqualTo(1);
        assertThat(scene().err()).startsWith("imageferry: cannot delete webhook wh-1:");
    }
}
