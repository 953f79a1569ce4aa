package org.imageferry.kms.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Wraps small secrets with one key: AES-256-GCM from the JDK.
///
/// What is wrapped is a version byte, the nonce of 12 bytes and the ciphertext with its tag of 16 bytes,
/// all in base64. Version and context are bound in as associated data. Nonces are random, so one key is
/// good for 2^32 secrets (NIST SP 800-38D, 8.3).
final class Wrapping {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int LEAST_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    /// @param key 32 bytes; copied
    Wrapping(byte[] key, RandomGenerator random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /// With a key that HKDF-SHA256 (RFC 5869) makes of this one.
    Wrapping derived(String purpose) {
        byte[] info = ("imageferry master 1 " + purpose).getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] derived =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(key)
                                            .thenExpand(info, KEY_BYTES));
            return new Wrapping(derived, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }

    String wrap(byte[] secret, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret);
            ByteBuffer wrapped = ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length);
            wrapped.put(VERSION).put(nonce).put(sealed);
            return Base64.getEncoder().encodeToString(wrapped.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't wrap with AES-256-GCM", e);
        }
    }

    /// @return nothing if it was not wrapped by this key in this context
    Optional<byte[]> unwrap(String wrapped, String context) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(wrapped));
            if (bytes.remaining() < LEAST_BYTES
                    || bytes.get() != VERSION
                    || !Base64.getEncoder().encodeToString(bytes.array()).equals(wrapped)) {
                return Optional.empty();
            }
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed));
        } catch (AEADBadTagException | IllegalArgumentException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't unwrap with AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
