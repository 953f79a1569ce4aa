package org.imageferry.ecs.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An access key: an id, which travels, and a secret, which never leaves this object.
public final class Credentials {
    private static final String HMAC = "HmacSHA256";

    private final String id;
    private final String secret;

    /// @throws IllegalArgumentException if either is empty
    public Credentials(String id, String secret) {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("an access key has an id and a secret");
        }
        this.id = id;
        this.secret = secret;
    }

    public String id() {
        return id;
    }

    /// HMAC-SHA256 of the text in UTF-8 under the bare secret.
    byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + id + ", ***]";
    }
}
