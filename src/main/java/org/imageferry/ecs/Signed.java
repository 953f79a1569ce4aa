package org.imageferry.ecs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.imageferry.access.Secret;

/// The claim of a request to come from the holder of an access key. What it says about time and nonce
/// is covered by its signature.
public sealed interface Signed permits RpcSignature, Acs3Signature {
    String accessKeyId();

    /// `yyyy-MM-ddTHH:mm:ssZ`
    String time();

    String nonce();

    /// Of a temporary key; empty if there was none.
    String securityToken();

    /// What is signed, as both sides must compute it.
    String stringToSign();

    /// Compares in constant time.
    boolean signedBy(Secret secret);

    static byte[] hmac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
