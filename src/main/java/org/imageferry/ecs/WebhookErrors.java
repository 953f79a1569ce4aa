package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// What is refused about webhooks. Alibaba Cloud has no such thing, so the codes are ours, in its manner.
public final class WebhookErrors {
    private WebhookErrors() {}

    public static final EcsError UNKNOWN_WEBHOOK =
            new EcsError(404, "InvalidWebhookId.NotFound", "The specified webhook does not exist.");
    public static final EcsError WEBHOOK_URL =
            new EcsError(400, "InvalidParameter.Url", "The specified URL is not valid.");
    public static final EcsError EVENT_TYPE =
            new EcsError(
                    400, "InvalidParameter.EventType", "The specified event type is not valid.");
    public static final EcsError TOO_MANY_TESTS =
            new EcsError(429, "Throttling.Tests", "Too many webhooks are being tested.");

    static EcsError of(Refusal.OfWebhook refusal) {
        return switch (refusal) {
            case Refusal.OfWebhook.Unknown it ->
                    UNKNOWN_WEBHOOK.advising(
                            "There is no webhook " + it.id() + " of this account.");
            case Refusal.OfWebhook.Address it -> WEBHOOK_URL.advising(it.reason() + ".");
            case Refusal.OfWebhook.TooManyTests it ->
                    TOO_MANY_TESTS.advising(
                            "There are " + it.most() + " tests at a time: try again.");
        };
    }
}
