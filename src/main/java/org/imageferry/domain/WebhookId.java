package org.imageferry.domain;

/// Names a webhook: `wh-` and twenty lower-case letters or digits.
public record WebhookId(String value) {
    public WebhookId {
        if (!Texts.isId(value, "wh-", 20, 20)) {
            throw new RefusedException(new Refusal.OfWebhook.Unknown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
