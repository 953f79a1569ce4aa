package org.imageferry.blocks;

import org.imageferry.domain.Digest;

/// What is known of a block in its stored form, wherever that lies.
public sealed interface StoredBlock permits EncodedBlock, SegmentFooter.Entry {
    /// The SHA-256 of the content; in a sealed scope, what the scope makes of it: see [Seal#name].
    Digest name();

    /// How many bytes of content it has: 1 to [PageCutter#MOST_BYTES].
    int length();

    /// How many bytes it takes as stored: as many as the content if [Codec#PLAIN], fewer if
    /// [Codec#ZSTD], and 48 more than these if it is sealed.
    int storedLength();

    Codec codec();

    /// The SHA-256 of the stored bytes.
    Digest checksum();
}
