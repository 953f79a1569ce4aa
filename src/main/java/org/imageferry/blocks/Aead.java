package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM (NIST SP 800-38D) under keys that are used once, so that the nonce may be fixed. One per
/// thread.
///
/// What is sealed goes into the cipher in small pieces of an array: JDK 25 has the fast code in a loop
/// that is compiled once it was called often, and one call for a large buffer is one slow call.
final class Aead {
    static final int TAG_BYTES = 16;
    private static final int PIECE_BYTES = 16 << 10;
    private static final byte[] NONCE = new byte[12];

    private final Cipher cipher;
    private final byte[] piece = new byte[PIECE_BYTES];

    Aead() {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /// Writes ciphertext and tag of `plain`, from position to limit, which stay as they are, at `at`.
    ///
    /// @param key never used before
    /// @return how many bytes were written: those of `plain` and [#TAG_BYTES]
    int seal(SecretKey key, byte[] bound, ByteBuffer plain, byte[] into, int at)
            throws GeneralSecurityException {
        start(Cipher.ENCRYPT_MODE, key, bound);
        ByteBuffer rest = plain.duplicate();
        int end = at;
        while (rest.hasRemaining()) {
            int length = Math.min(PIECE_BYTES, rest.remaining());
            rest.get(piece, 0, length);
            end += cipher.update(piece, 0, length, into, end);
        }
        return end + cipher.doFinal(into, end) - at;
    }

    /// The plain bytes of what was sealed, written from the beginning of `into`.
    ///
    /// @return false if it is not what was sealed under this key with these bytes bound to it; `into` is
    ///     then undefined
    boolean open(SecretKey key, byte[] bound, ByteBuffer sealed, byte[] into)
            throws GeneralSecurityException {
        start(Cipher.DECRYPT_MODE, key, bound);
        ByteBuffer rest = sealed.duplicate();
        try {
            while (rest.hasRemaining()) {
                int length = Math.min(PIECE_BYTES, rest.remaining());
                rest.get(piece, 0, length);
                cipher.update(piece, 0, length, into, 0); // gives nothing before the tag is checked
            }
            cipher.doFinal(into, 0);
            return true;
        } catch (AEADBadTagException _) {
            return false;
        }
    }

    private void start(int mode, SecretKey key, byte[] bound) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, NONCE));
        cipher.updateAAD(bound);
    }
}
