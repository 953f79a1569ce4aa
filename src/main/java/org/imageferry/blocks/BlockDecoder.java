package org.imageferry.blocks;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageferry.domain.Digest;

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

    /// Checks stored bytes against their checksums. As strong as to decode them, since the checksums were
    /// taken when they were encoded, and much cheaper.
    ///
    /// @param stored of each entry, in the same order, from position to limit, which stay as they are
    /// @return what is wrong with those that are not the bytes that were stored, by their place in the lists; it
    ///     may be added to
    public Map<Integer, DamagedException> check(
            List<? extends StoredBlock> entries, List<ByteBuffer> stored) {
        Map<Integer, DamagedException> wrong = new TreeMap<>();
        List<Digest> checksums = sha256.ofEach(stored);
        for (int i = 0; i < entries.size(); i++) {
            try {
                check(entries.get(i), stored.get(i), checksums.get(i));
            } catch (DamagedException e) {
                wrong.put(i, e);
            }
        }
        return wrong;
    }

    private static void check(StoredBlock entry, ByteBuffer stored, Digest checksum)
            throws DamagedException {
        checkLength(entry, stored);
        if (!checksum.equals(entry.checksum())) {
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
        ByteBuffer block = unpack(entry, stored, into);
        checkName(entry, sha256.of(block));
        into.position(into.position() + entry.length());
    }

    /// Checks what blocks decode to, as [#decode] does and in less time than one after another.
    ///
    /// @param stored of each entry, in the same order, from position to limit, which stay as they are
    /// @param room for the contents of some, of at least [PageCutter#MOST_BYTES]: the more, the more are hashed
    ///     together
    /// @return what is wrong with those that do not decode to their lengths and names, by their place in the
    ///     lists; it may be added to
    public Map<Integer, DamagedException> checkContents(
            List<SegmentFooter.Entry> entries, List<ByteBuffer> stored, ByteBuffer room) {
        Map<Integer, DamagedException> wrong = new TreeMap<>();
        List<Unpacked> unpacked = new ArrayList<>();
        room.clear();
        for (int i = 0; i < entries.size(); i++) {
            SegmentFooter.Entry entry = entries.get(i);
            if (room.remaining() < PageCutter.MOST_BYTES) {
                checkNames(unpacked, wrong);
                unpacked.clear();
                room.clear();
            }
            try {
                unpacked.add(new Unpacked(i, entry, unpack(entry, stored.get(i), room)));
                room.position(room.position() + entry.length());
            } catch (DamagedException e) {
                wrong.put(i, e);
            }
        }
        checkNames(unpacked, wrong);
        return wrong;
    }

    /// Content whose name is still to be checked.
    private record Unpacked(int place, SegmentFooter.Entry entry, ByteBuffer content) {}

    private void checkNames(List<Unpacked> unpacked, Map<Integer, DamagedException> wrong) {
        List<Digest> digests = sha256.ofEach(unpacked.stream().map(Unpacked::content).toList());
        for (int i = 0; i < unpacked.size(); i++) {
            Unpacked it = unpacked.get(i);
            try {
                checkName(it.entry(), digests.get(i));
            } catch (DamagedException e) {
                wrong.put(it.place(), e);
            }
        }
    }

    private ByteBuffer unpack(SegmentFooter.Entry entry, ByteBuffer stored, ByteBuffer into)
            throws DamagedException {
        ByteBuffer opened = opener.open(entry, stored);
        ByteBuffer block = into.slice(into.position(), entry.length());
        switch (entry.codec()) {
            case PLAIN, SEALED_PLAIN -> block.put(0, opened, opened.position(), entry.length());
            case ZSTD, SEALED_ZSTD -> decompress(entry, opened, block);
        }
        return block;
    }

    private void checkName(SegmentFooter.Entry entry, Digest content) throws DamagedException {
        if (!seal.name(content).equals(entry.name())) {
            throw damaged(entry, "its content has another digest");
        }
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
        source.close();
        content.close();
    }
}
