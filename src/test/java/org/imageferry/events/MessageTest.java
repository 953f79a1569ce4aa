package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Random;
import org.imageferry.domain.WebhookId;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final WebhookId WEBHOOK = new WebhookId("wh-aaaaaaaaaaaaaaaaaaaa");

    /// The vector that the libraries of Standard Webhooks test themselves with. Source:
    /// github.com/standard-webhooks/standard-webhooks, "libraries", each one's test of signing.
    @Test
    void aMessageIsSignedAsTheSpecificationsLibrariesDo() {
        Message message = new Message("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");
        WebhookSecret secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(message.headers(secret, NOW))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry(
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void aTestTellsOfNothingButItsWebhook() {
        Message message = Message.test("test-1", WEBHOOK, NOW);

        assertThat(message.body())
                .isEqualTo(
                        """
                        {"type":"webhook.test","timestamp":"2021-02-25T15:02:10.000Z",\
                        "data":{"WebhookId":"wh-aaaaaaaaaaaaaaaaaaaa"}}\
                        """);
    }

    @Test
    void aSecretIsLongAndNeverPrinted() {
        WebhookSecret secret = WebhookSecret.make(new Random(1));

        assertThat(secret.value()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(secret.key()).hasSize(32);
        assertThat(secret).hasToString("***");
        assertThat(secret).isNotEqualTo(WebhookSecret.make(new Random(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookSecret("hunter2"))
                .withMessageNotContaining("hunter2");
    }
}
