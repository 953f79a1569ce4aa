package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Digest;

/// Takes blocks from one scope to another, in their stored form: nothing is decompressed. One per
/// thread.
///
/// Each is checked on the way: by the checksum that was taken when it was encoded, or, where it was
/// sealed, by opening it. Where contents are to be checked, by the digest of what it decodes to.
public final class BlockCarrier implements AutoCloseable {
    private final BlockDecoder decoder;
    private final BlockOpener opener;
    private final BlockSealer sealer;
    private final Seal from;
    private final BlockCheck check;
    private final ScratchBuffer content = new ScratchBuffer(PageCutter.MOST_BYTES);

    /// @param check of plain blocks and sealed ones alike
    /// @param salts unpredictable outside of tests
    /// @throws IllegalArgumentException if `from` is sealed and `to` is not: what was sealed stays so
    public BlockCarrier(Seal from, Seal to, BlockCheck check, RandomGenerator salts) {
        if (from instanceof Seal.Keyed && to instanceof Seal.None) {
            throw new IllegalArgumentException(
                    "what " + from.scope() + " has sealed can't be in " + to.scope());
        }
        this.from = from;
        this.check = check;
        this.decoder = new BlockDecoder(from);
        this.opener = new BlockOpener(from);
        this.sealer = new BlockSealer(to, salts);
    }

    /// @param content the digest of its content
    /// @param stored as `from` keeps it, from position to limit, which stay as they are
    /// @return as `to` keeps it; valid until the next call, and no longer than `stored`
    /// @throws DamagedException if these are not the bytes that were stored
    public EncodedBlock carry(SegmentFooter.Entry entry, Digest content, ByteBuffer stored)
            throws DamagedException {
        if (check == BlockCheck.CONTENT) {
            decoder.decode(entry, stored, this.content.clear());
        }
        return switch (from) {
            case Seal.None _ -> {
                if (check == BlockCheck.STORED) {
                    decoder.check(entry, stored);
                }
                yield sealer.seal(
                        new EncodedBlock(
                                content, entry.length(), entry.codec(), entry.checksum(), stored));
            }
            case Seal.Keyed _ ->
                    sealer.seal(
                            content,
                            entry.length(),
                            entry.codec().unsealed(),
                            opener.open(entry, stored));
        };
    }

    @Override
    public void close() {
        decoder.close();
    }
}
