package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a webhook: `wh-` and twenty lower-case letters or digits.
public record WebhookId(String value) {
    private static final Pattern FORM = Pattern.compile("wh-[a-z0-9]{20}");

    public WebhookId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.OfWebhook.Unknown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
