package org.imageferry.kms.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.imageferry.kms.MasterKey;

/// A master key that lies in a file: 32 random bytes in hexadecimal, readable by its owner alone.
///
/// Secrets are wrapped with AES-256-GCM from the JDK. A wrapped secret is a version byte, the nonce of
/// 12 bytes and the ciphertext with its tag of 16 bytes, all in base64. Version and context are bound
/// in as associated data. Nonces are random, so one key is good for 2^32 secrets (NIST SP 800-38D,
/// 8.3).
public final class MasterKeyFile implements MasterKey {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int LEAST_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private MasterKeyFile(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /// Reads the key, or makes one and its file if there is no such file.
    ///
    /// @throws IOException if the file can't be read or made, if others than its owner may read it, or
    ///     if it is no master key; the message says what to do
    public static MasterKeyFile openOrCreate(Path file, SecureRandom random) throws IOException {
        return new MasterKeyFile(new KeyFile(file).openOrCreate(random), random);
    }

    @Override
    public String wrap(String secret, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            ByteBuffer wrapped = ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length);
            wrapped.put(VERSION).put(nonce).put(sealed);
            return Base64.getEncoder().encodeToString(wrapped.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't wrap with AES-256-GCM", e);
        }
    }

    @Override
    public String unwrap(String wrapped, String context) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(wrapped));
        if (bytes.remaining() < LEAST_BYTES || bytes.get() != VERSION) {
            throw notOurs(context);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] sealed = new byte[bytes.remaining()];
        bytes.get(sealed);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (AEADBadTagException _) {
            throw notOurs(context);
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

    private static IllegalArgumentException notOurs(String context) {
        return new IllegalArgumentException(
                "the wrapped secret of " + context + " was not wrapped by this master key");
    }
}
