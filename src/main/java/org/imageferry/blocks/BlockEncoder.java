package org.imageferry.blocks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.domain.Digest;

/// Brings blocks into the form in which they are stored. One per thread.
///
/// Direct buffers are the fast way; content in another is copied first.
public final class BlockEncoder implements AutoCloseable {
    private static final int LEVEL = 1; // 3 gains 3 % and takes half as long again
    private static final int WORTHWHILE = 20; // a saved part of the length: one twentieth

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
    private final Sha256 sha256 = new Sha256();
    private final ScratchBuffer content = new ScratchBuffer(PageCutter.MOST_BYTES);
    private final ScratchBuffer compressed =
            new ScratchBuffer((int) Zstd.compressBound(PageCutter.MOST_BYTES));

    /// The name of a block: the SHA-256 of its content, from position to limit, which stay as they are.
    public Digest name(ByteBuffer block) {
        return sha256.of(block);
    }

    /// The names of blocks, which takes less time than one after another.
    public List<Digest> names(List<ByteBuffer> blocks) {
        return sha256.ofEach(blocks);
    }

    /// The stored form of a block: compressed, or plain where that saves less than a twentieth.
    ///
    /// Its bytes stay valid until the next call of this method or [#close], and only as long as `block`
    /// is left unchanged: plain bytes are not copied.
    ///
    /// @param name what [#name] said of this block
    /// @param block its content, 1 to [PageCutter#MOST_BYTES] bytes from position to limit, which stay
    ///     as they are
    public EncodedBlock encode(Digest name, ByteBuffer block) {
        int length = block.remaining();
        if (length < 1 || length > PageCutter.MOST_BYTES) {
            throw new IllegalArgumentException("no block has " + length + " bytes");
        }
        int storedLength = compress(block);
        if ((length - storedLength) * WORTHWHILE < length) {
            // What is stored is the content, so its checksum is the name: no need to hash it again.
            return new EncodedBlock(name, length, Codec.PLAIN, name, block.slice());
        }
        ByteBuffer stored = compressed.clear().slice(0, storedLength);
        return new EncodedBlock(name, length, Codec.ZSTD, sha256.of(stored), stored);
    }

    private int compress(ByteBuffer block) {
        ByteBuffer source =
                block.isDirect() ? block : content.clear().put(block.duplicate()).flip();
        ByteBuffer into = compressed.clear();
        return zstd.compressDirectByteBuffer(
                into, 0, into.capacity(), source, source.position(), source.remaining());
    }

    @Override
    public void close() {
        zstd.close();
        content.close();
        compressed.close();
    }
}
