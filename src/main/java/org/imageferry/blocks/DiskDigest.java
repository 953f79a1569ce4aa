package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imageferry.domain.Digest;

/// Names whole disks.
public final class DiskDigest {
    private static final byte[] PREFIX = "imageferry disk 1\n".getBytes(StandardCharsets.US_ASCII);

    private DiskDigest() {}

    /// The name of a disk: the SHA-256 of a prefix (so that it is never a part's), its length, and its
    /// parts' digests. So two disks have one name only if all their bytes are equal.
    ///
    /// @param bytes the exact length of the disk
    /// @param parts of all its parts, in order, also of those that are all zeros
    public static Digest of(long bytes, List<Digest> parts) {
        int length = PREFIX.length + Long.BYTES + parts.size() * Digest.BYTES;
        ByteBuffer content = ByteBuffer.allocate(length).put(PREFIX).putLong(bytes);
        parts.forEach(part -> part.putTo(content));
        return new Sha256().of(content.flip());
    }
}
