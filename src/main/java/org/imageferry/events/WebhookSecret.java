package org.imageferry.events;

import java.util.Base64;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Webhooks;
import org.imageferry.domain.WebhookId;
import org.imageferry.kms.MasterKey;

/// What a webhook's receiver and we know, to sign with. Never printed.
///
/// Source of its form: Standard Webhooks 1.0.0, "Signature scheme", "Secret serialization".
///
/// @param value `whsec_` and 32 bytes in base64
public record WebhookSecret(String value) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    public WebhookSecret {
        if (!value.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no webhook's secret"); // never says what it is
        }
    }

    /// @param random unpredictable outside of tests
    static WebhookSecret make(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    byte[] key() {
        return Base64.getDecoder().decode(value.substring(PREFIX.length()));
    }

    /// @return good for this webhook only
    public String wrap(MasterKey master, WebhookId id) {
        return master.wrap(value, context(id));
    }

    /// @throws IllegalArgumentException if another master key wrapped it
    public static WebhookSecret unwrap(MasterKey master, Webhooks.Kept kept) {
        return new WebhookSecret(master.unwrap(kept.wrappedSecret(), context(kept.webhook().id())));
    }

    private static String context(WebhookId id) {
        return "webhook:" + id;
    }

    @Override
    public String toString() {
        return "***";
    }
}
