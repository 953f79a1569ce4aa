package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.imageferry.domain.Digest;

/// Takes blocks from one scope to another, in their stored form: nothing is decompressed. One per
/// thread.
///
/// Before that they are checked, many at once since that is faster: by the checksums that were taken when
/// they were encoded, or by the digests of what they decode to. One that is sealed is also opened on the way, which
/// is as good as its checksum.
public final class BlockCarrier implements AutoCloseable {
    private final BlockDecoder decoder;
    private final BlockOpener opener;
    private final BlockSealer sealer;
    private final Seal from;

    /// @param salts unpredictable outside of tests
    /// @throws IllegalArgumentException if `from` is sealed and `to` is not: what was sealed stays so
    public BlockCarrier(Seal from, Seal to, RandomGenerator salts) {
        if (from instanceof Seal.Keyed && to instanceof Seal.None) {
            throw new IllegalArgumentException(
                    "what " + from.scope() + " has sealed can't be in " + to.scope());
        }
        this.from = from;
        this.decoder = new BlockDecoder(from);
        this.opener = new BlockOpener(from);
        this.sealer = new BlockSealer(to, salts);
    }

    /// Checks the stored bytes of blocks.
    ///
    /// @param stored of each entry, in the same order, as `from` keeps it, from position to limit, which
    ///     stay as they are
    /// @return what is wrong with those that must not be carried, by their place in the lists; it may be added to
    public Map<Integer, DamagedException> check(
            List<SegmentFooter.Entry> entries, List<ByteBuffer> stored) {
        return switch (from) {
            case Seal.None _ -> decoder.check(entries, stored);
            case Seal.Keyed _ -> new TreeMap<>();
        };
    }

    /// Checks what blocks decode to, whether they are sealed or not.
    ///
    /// @param room as for [BlockDecoder#checkContents]
    /// @return as from [#check]
    public Map<Integer, DamagedException> checkContents(
            List<SegmentFooter.Entry> entries, List<ByteBuffer> stored, ByteBuffer room) {
        return decoder.checkContents(entries, stored, room);
    }

    /// @param entry of a block with which nothing was found wrong
    /// @param content the digest of its content
    /// @param stored as `from` keeps it, from position to limit, which stay as they are
    /// @return as `to` keeps it; valid until the next call, and no longer than `stored`
    /// @throws DamagedException if it was sealed and does not open
    public EncodedBlock carry(SegmentFooter.Entry entry, Digest content, ByteBuffer stored)
            throws DamagedException {
        return switch (from) {
            case Seal.None _ ->
                    sealer.seal(
                            new EncodedBlock(
                                    content,
                                    entry.length(),
                                    entry.codec(),
                                    entry.checksum(),
                                    stored));
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
