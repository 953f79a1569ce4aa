package org.imageferry.server;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.imageferry.store.Extent;

/// Tells disks apart by their content, without reading gigabytes of holes.
///
/// It is the SHA-256 of the disk's length, and of the number and the bytes of each page that is not all
/// zeros: equal exactly if the disks are equal, however their files tell holes from zeros.
final class Fingerprint {
    private static final int PAGE = 4096;
    private static final int PAGES_AT_ONCE = 256;

    private Fingerprint() {}

    interface Reader<E extends Exception> {
        /// Fills the buffer with the bytes from there on.
        void read(long offset, ByteBuffer into) throws E;
    }

    /// @param extents outside of which all is zeros
    static <E extends Exception> String of(long length, List<Extent> extents, Reader<E> reader)
            throws E {
        MessageDigest sha = sha256();
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
        ByteBuffer pages = ByteBuffer.allocate(PAGES_AT_ONCE * PAGE);
        long done = 0;
        for (Extent extent : extents) {
            long from = Math.max(done, extent.offset() / PAGE * PAGE);
            long to =
                    Math.min(length, (extent.offset() + extent.length() + PAGE - 1) / PAGE * PAGE);
            for (long at = from; at < to; at += pages.capacity()) {
                pages.clear().limit((int) Math.min(pages.capacity(), to - at));
                reader.read(at, pages);
                add(sha, at / PAGE, pages.flip());
            }
            done = Math.max(done, to);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, long first, ByteBuffer pages) {
        ByteBuffer zeros = ByteBuffer.allocate(PAGE);
        for (int at = 0; at < pages.limit(); at += PAGE) {
            ByteBuffer page = pages.slice(at, Math.min(PAGE, pages.limit() - at));
            if (page.mismatch(zeros.slice(0, page.remaining())) >= 0) {
                sha.update(ByteBuffer.allocate(Long.BYTES).putLong(first + at / PAGE).flip());
                sha.update(page);
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
