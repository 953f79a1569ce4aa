package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import org.imageferry.domain.Digest;

/// Brings encoded blocks into the form in which a scope keeps them. One per thread.
///
/// What is sealed are the stored bytes, so a block that comes from another scope need not be decoded.
public final class BlockSealer {
    private final Seal seal;
    private final RandomGenerator salts;
    private final Aead aead = new Aead();
    private final Sha256 sha256 = new Sha256();
    private final byte[] salt = new byte[ScopeKeys.SALT_BYTES];
    private final byte[] sealed;

    /// @param salts unpredictable outside of tests
    public BlockSealer(Seal seal, RandomGenerator salts) {
        this.seal = seal;
        this.salts = salts;
        this.sealed =
                switch (seal) {
                    case Seal.None _ -> new byte[0];
                    case Seal.Keyed _ -> new byte[PageCutter.MOST_BYTES + SealedBlocks.ADDED_BYTES];
                };
    }

    /// The block as the scope keeps it: the same one if the scope is not sealed.
    ///
    /// @param block not sealed, named by the digest of its content
    /// @return its bytes stay valid until the next call, and no longer than those of `block`
    public EncodedBlock seal(EncodedBlock block) {
        return switch (seal) {
            case Seal.None _ -> block;
            case Seal.Keyed _ -> seal(block.name(), block.length(), block.codec(), block.stored());
        };
    }

    /// A block as a scope that has keys keeps it.
    ///
    /// @param content the digest of its content
    /// @param length bytes of content
    /// @param plain its bytes in the form of `codec`, from position to limit, which stay as they are
    EncodedBlock seal(Digest content, int length, Codec codec, ByteBuffer plain) {
        ScopeKeys keys = ((Seal.Keyed) seal).keys();
        Digest name = keys.name(content);
        int storedLength = plain.remaining() + SealedBlocks.ADDED_BYTES;
        byte[] bound = SealedBlocks.bound(keys.scope(), name, codec.sealed(), storedLength, length);
        salts.nextBytes(salt);
        System.arraycopy(salt, 0, sealed, 0, salt.length);
        try {
            aead.seal(keys.block(salt), bound, plain, sealed, salt.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't seal with AES-256-GCM", e);
        }
        ByteBuffer stored = ByteBuffer.wrap(sealed, 0, storedLength);
        return new EncodedBlock(name, length, codec.sealed(), sha256.of(stored), stored);
    }
}
