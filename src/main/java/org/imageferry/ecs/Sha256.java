package org.imageferry.ecs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.imageferry.domain.Digest;

/// SHA-256 (FIPS 180-4), fresh for each use: a `MessageDigest` is no business of two threads.
public final class Sha256 {
    private Sha256() {}

    public static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    public static Digest of(byte[] bytes) {
        return Digest.of(fresh().digest(bytes));
    }

    /// Of a text in UTF-8.
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
