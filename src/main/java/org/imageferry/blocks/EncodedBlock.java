package org.imageferry.blocks;

import java.nio.ByteBuffer;
import org.imageferry.domain.Digest;

/// A block in its stored form, with the bytes.
///
/// @param length bytes of content
/// @param checksum the SHA-256 of the stored bytes
/// @param stored from its position to its limit; how long it stays valid, its maker says
public record EncodedBlock(Digest name, int length, Codec codec, Digest checksum, ByteBuffer stored)
        implements StoredBlock {
    @Override
    public int storedLength() {
        return stored.remaining();
    }
}
