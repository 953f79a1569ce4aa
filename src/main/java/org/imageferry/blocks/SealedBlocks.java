package org.imageferry.blocks;

import java.nio.ByteBuffer;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Scope;

/// What sealing and opening a block have in common.
final class SealedBlocks {
    /// By how much a sealed block is longer than what was sealed.
    static final int ADDED_BYTES = ScopeKeys.SALT_BYTES + Aead.TAG_BYTES;

    private static final int FIXED_BYTES = Digest.BYTES + 3 * Integer.BYTES;

    private SealedBlocks() {}

    /// What is bound to a sealed block: name, codec, both lengths, scope. Not where it lies, for it may
    /// be moved, nor where on a disk it belongs, for that says the manifest.
    static byte[] bound(Scope scope, Digest name, Codec codec, int storedLength, int length) {
        byte[] text = ScopeText.of(scope);
        ByteBuffer bound = ByteBuffer.allocate(FIXED_BYTES + text.length);
        name.putTo(bound);
        bound.putInt(codec.number()).putInt(storedLength).putInt(length);
        return bound.put(text).array();
    }
}
