package org.imageferry.blocks;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/// Checks stored blocks and brings back their content. One per thread.
///
/// Nothing that a store says is believed: whatever the stored bytes are, not more is written than the
/// block's length, and nothing is taken for its content but what has its name.
public final class BlockDecoder implements AutoCloseable {
    private final Seal seal;
    private final BlockOpener opener;
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final Sha256 sha256 = new Sha256();
    private final ScratchBuffer source = new ScratchBuffer(PageCutter.MOST_BYTES);
    private final ScratchBuffer content = new ScratchBuffer(PageCutter.MOST_BYTES);

    /// @param seal of the scope whose blocks are decoded
    public BlockDecoder(Seal seal) {
        this.seal = seal;
        this.opener = new BlockOpener(seal);
    }

    /// Checks stored bytes, from position to limit, which stay as they are, against their checksum. As
    /// strong as to decode them, since the checksum was taken when they were encoded, and much
    /// cheaper.
    ///
    /// @throws DamagedException if these are not the bytes that were stored
    public void check(StoredBlock entry, ByteBuffer stored) throws DamagedException {
        checkLength(entry, stored);
        if (!sha256.of(stored).equals(entry.checksum())) {
            throw damaged(entry, "its stored bytes have another checksum");
        }
    }

    /// Opens a block if it is sealed, decodes it and checks that its content has the block's name.
    ///
    /// @param stored from position to limit, which stay as they are
    /// @param into room for at least the block's length; its position moves to behind the content. On
    ///     failure it stays, and what follows it is undefined.
    /// @throws DamagedException if the bytes don't decode to this length and this name
    public void decode(SegmentFooter.Entry entry, ByteBuffer stored, ByteBuffer into)
            throws DamagedException {
        ByteBuffer opened = opener.open(entry, stored);
        ByteBuffer block = into.slice(into.position(), entry.length());
        switch (entry.codec()) {
            case PLAIN, SEALED_PLAIN -> block.put(0, opened, opened.position(), entry.length());
            case ZSTD, SEALED_ZSTD -> decompress(entry, opened, block);
        }
        if (!seal.name(sha256.of(block)).equals(entry.name())) {
            throw damaged(entry, "its content has another digest");
        }
        into.position(into.position() + entry.length());
    }

    static void checkLength(StoredBlock entry, ByteBuffer stored) throws DamagedException {
        if (stored.remaining() != entry.storedLength()) {
            throw damaged(
                    entry, stored.remaining() + " bytes are stored, not " + entry.storedLength());
        }
        if (!entry.codec().allows(entry.storedLength(), entry.length())) {
            throw damaged(entry, "its length can't be " + entry.length());
        }
    }

    private void decompress(StoredBlock entry, ByteBuffer stored, ByteBuffer block)
            throws DamagedException {
        ByteBuffer from =
                stored.isDirect() ? stored : source.clear().put(stored.duplicate()).flip();
        ByteBuffer to = block.isDirect() ? block : content.clear().limit(entry.length());
        int length;
        try {
            length =
                    zstd.decompressDirectByteBuffer(
                            to,
                            to.position(),
                            to.remaining(),
                            from,
                            from.position(),
                            from.remaining());
        } catch (ZstdException e) {
            throw damaged(entry, "zstd refuses it: " + e.getMessage());
        }
        if (length != entry.length()) {
            throw damaged(entry, "it decodes to " + length + " bytes, not " + entry.length());
        }
        if (!block.isDirect()) {
            block.put(0, to, 0, length);
        }
    }

    private static DamagedException damaged(StoredBlock entry, String reason) {
        return new DamagedException("block " + entry.name(), reason);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
