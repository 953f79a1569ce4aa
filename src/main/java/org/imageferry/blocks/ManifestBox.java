package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import org.imageferry.domain.Digest;

/// The sealed part of a manifest: which block stands on which page, and what it contains. All else of
/// the manifest is bound to it, the blocks' names above all.
final class ManifestBox {
    private ManifestBox() {}

    /// How long the box is that holds so many bytes.
    static long bytes(long plainBytes) {
        return ScopeKeys.SALT_BYTES + plainBytes + Aead.TAG_BYTES;
    }

    /// Writes the box.
    ///
    /// @param before the digest of all of the manifest that stands before the box
    static void seal(
            ScopeKeys keys,
            Digest before,
            ByteBuffer blocks,
            RandomGenerator salts,
            ByteBuffer into) {
        byte[] salt = new byte[ScopeKeys.SALT_BYTES];
        salts.nextBytes(salt);
        into.put(salt);
        try {
            int length =
                    new Aead()
                            .seal(
                                    keys.manifest(salt),
                                    before.bytes(),
                                    blocks,
                                    into.array(),
                                    into.arrayOffset() + into.position());
            into.position(into.position() + length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't seal with AES-256-GCM", e);
        }
    }

    /// The blocks, in a buffer of its own.
    static ByteBuffer open(ScopeKeys keys, Digest before, ByteBuffer box, Inspection manifest)
            throws DamagedException {
        ByteBuffer sealed = box.slice();
        byte[] salt = new byte[ScopeKeys.SALT_BYTES];
        sealed.get(salt);
        byte[] blocks = new byte[sealed.remaining() - Aead.TAG_BYTES];
        try {
            boolean good = new Aead().open(keys.manifest(salt), before.bytes(), sealed, blocks);
            manifest.require(good, "it does not open: it is not what was sealed with its key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't open what AES-256-GCM sealed", e);
        }
        return ByteBuffer.wrap(blocks);
    }
}
