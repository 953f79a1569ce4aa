package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/// Opens sealed blocks of a scope. One per thread.
///
/// A block that opens is one that was sealed under this name, with this codec and these lengths: so its
/// bytes need no other check.
public final class BlockOpener {
    private final Seal seal;
    private final Aead aead = new Aead();
    private final byte[] salt = new byte[ScopeKeys.SALT_BYTES];
    private final byte[] opened;

    public BlockOpener(Seal seal) {
        this.seal = seal;
        this.opened =
                switch (seal) {
                    case Seal.None _ -> new byte[0];
                    case Seal.Keyed _ -> new byte[PageCutter.MOST_BYTES];
                };
    }

    /// The bytes that were sealed, in the form that [Codec#unsealed] names; the stored bytes themselves
    /// if the scope is not sealed.
    ///
    /// @param stored from position to limit, which stay as they are
    /// @return valid until the next call, and no longer than `stored`
    /// @throws DamagedException if this is not what was sealed as this block
    public ByteBuffer open(StoredBlock entry, ByteBuffer stored) throws DamagedException {
        BlockDecoder.checkLength(entry, stored);
        return switch (seal) {
            case Seal.None _ -> {
                require(entry, !entry.codec().isSealed(), "it is sealed, and its scope is not");
                yield stored;
            }
            case Seal.Keyed(ScopeKeys keys) -> open(entry, stored, keys);
        };
    }

    private ByteBuffer open(StoredBlock entry, ByteBuffer stored, ScopeKeys keys)
            throws DamagedException {
        require(entry, entry.codec().isSealed(), "it is not sealed, and its scope is");
        ByteBuffer box = stored.slice();
        box.get(salt);
        try {
            byte[] bound =
                    SealedBlocks.bound(
                            keys.scope(),
                            entry.name(),
                            entry.codec(),
                            entry.storedLength(),
                            entry.length());
            boolean good = aead.open(keys.block(salt), bound, box, opened);
            require(entry, good, "it does not open: it is not what was sealed as this block");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't open what AES-256-GCM sealed", e);
        }
        return ByteBuffer.wrap(opened, 0, entry.storedLength() - SealedBlocks.ADDED_BYTES);
    }

    private static void require(StoredBlock entry, boolean holds, String otherwise)
            throws DamagedException {
        new Inspection("block " + entry.name()).require(holds, otherwise);
    }
}
