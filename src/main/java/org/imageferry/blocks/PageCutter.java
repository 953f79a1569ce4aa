package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Cuts disks into blocks by their content, on page boundaries. One per thread.
///
/// A block ends after its fourth or any later page whose CRC32C (RFC 3720, appendix B.4) has zeros in
/// bits 7 to 10, after 64 pages, before a page of zeros, and at the end. Pages of zeros are in no
/// block. So a run of pages is cut alike wherever on a disk it stands: a disk that was laid out afresh
/// finds its old blocks again. These rules are part of the store's format.
///
/// The page is the cheapest unit that survives a new layout: file systems align files to 4 KiB, and
/// one CRC a page costs far less than a rolling hash of every byte.
public final class PageCutter {
    public static final int PAGE_BYTES = 4096;
    public static final int LEAST_PAGES = 4;
    public static final int MOST_PAGES = 64;

    /// The longest block.
    public static final int MOST_BYTES = MOST_PAGES * PAGE_BYTES;

    static final int MASK_SHIFT = 7;
    static final int MASK_BITS = 4;
    private static final int MASK = (1 << MASK_BITS) - 1;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(PAGE_BYTES).asReadOnlyBuffer();

    private final CRC32C crc = new CRC32C();

    /// Takes the blocks of a chunk, in order.
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        /// @param offset absolute in the chunk, as for [ByteBuffer#slice(int, int)]
        /// @param length in bytes; a multiple of the page but for a short last page
        void block(int offset, int length) throws E;
    }

    /// Cuts what lies between the chunk's position and limit, and leaves both as they are.
    ///
    /// A part or a stretch of it may come in any number of chunks: the caller carries what was not
    /// consumed, which is less than 64 pages, to the front of the next one. The blocks are the same,
    /// however it is cut into chunks. A chunk of at least 64 pages is always consumed in part.
    ///
    /// @param chunk begins where a page of the disk does
    /// @param last nothing but zeros follows, or the part's end: all of the chunk is consumed. Only
    ///     here may it end in a short page, and only where the disk ends.
    /// @return how many bytes were consumed: given to the sink, or found zero
    public <E extends Exception> int cut(ByteBuffer chunk, boolean last, Sink<E> sink) throws E {
        ByteBuffer view = chunk.duplicate();
        int end = last ? chunk.limit() : chunk.limit() - chunk.remaining() % PAGE_BYTES;
        int start = chunk.position();
        int at = start;
        while (at < end) {
            int next = Math.min(at + PAGE_BYTES, end);
            view.limit(next).position(at);
            if (isZero(view)) {
                if (at > start) {
                    sink.block(start, at - start);
                }
                start = next;
            } else if (endsBlock(view, next - start)) {
                sink.block(start, next - start);
                start = next;
            }
            at = next;
        }
        if (last && at > start) {
            sink.block(start, at - start);
            start = at;
        }
        return start - chunk.position();
    }

    private static boolean isZero(ByteBuffer page) {
        int differs = page.mismatch(ZEROS);
        return differs < 0 || differs == page.remaining(); // a short page is a prefix of the zeros
    }

    /// @param length of the block with this page as its last
    private boolean endsBlock(ByteBuffer page, int length) {
        if (length < LEAST_PAGES * PAGE_BYTES) {
            return false;
        }
        return length >= MOST_BYTES || marks(page);
    }

    private boolean marks(ByteBuffer page) {
        crc.reset();
        crc.update(page);
        return ((crc.getValue() >>> MASK_SHIFT) & MASK) == 0;
    }
}
