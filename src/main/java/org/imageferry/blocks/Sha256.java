package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.imageferry.domain.Digest;
import org.jspecify.annotations.Nullable;

/// SHA-256 (FIPS 180-4) of buffers. One per thread.
public final class Sha256 {
    private final MessageDigest digest;
    private final byte[] result = new byte[Digest.BYTES];
    private @Nullable MultiBufferSha256 many;

    public Sha256() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The digest of the bytes from position to limit, which stay as they are.
    public Digest of(ByteBuffer bytes) {
        return add(bytes).end();
    }

    /// The digests of many, each from position to limit, which stay as they are: as by [#of], and faster
    /// where [MultiBufferTrial] has found that it would be and all of them are direct.
    public List<Digest> ofEach(List<ByteBuffer> messages) {
        double worth = MultiBufferTrial.worth();
        if (worth == MultiBufferTrial.NOTHING
                || !messages.stream().allMatch(ByteBuffer::isDirect)) {
            return messages.stream().map(this::of).toList();
        }
        MultiBufferSha256 hash = many;
        if (hash == null) {
            hash = new MultiBufferSha256(this, worth);
            many = hash;
        }
        return hash.of(messages);
    }

    Sha256 add(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        return this;
    }

    /// The digest of all that was added since the last end.
    Digest end() {
        try {
            digest.digest(result, 0, result.length);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        return Digest.of(result);
    }
}
