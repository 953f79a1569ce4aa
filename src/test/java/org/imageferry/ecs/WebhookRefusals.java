package org.imageferry.ecs;

import static org.imageferry.ecs.EcsErrorTest.row;

import java.util.stream.Stream;
import org.imageferry.domain.Refusal;

/// The rows of [EcsErrorTest] about webhooks.
final class WebhookRefusals {
    private WebhookRefusals() {}

    static Stream<EcsErrorTest.Row> rows() {
        return Stream.of(
                row(
                        new Refusal.OfWebhook.Unknown("wh-none"),
                        "404 InvalidWebhookId.NotFound",
                        "The specified webhook does not exist."),
                row(
                        new Refusal.OfWebhook.Address("it must name a host"),
                        "400 InvalidParameter.Url",
                        "The specified URL is not valid."),
                row(
                        new Refusal.OfWebhook.TooManyTests(8),
                        "429 Throttling.Tests",
                        "Too many webhooks are being tested."));
    }
}
