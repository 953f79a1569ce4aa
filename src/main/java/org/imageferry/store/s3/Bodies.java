package org.imageferry.store.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Content on its way between buffers and requests, in pieces of a small array: never a second time in
/// memory as a whole.
final class Bodies {
    private static final int PIECE_BYTES = 64 << 10;

    private Bodies() {}

    /// @param content from its position to its limit; left as it was, and read again by each try
    static RequestBody of(ByteBuffer content) {
        return RequestBody.fromContentProvider(
                () -> new BufferStream(content), content.remaining(), "application/octet-stream");
    }

    /// As the header `x-amz-checksum-crc32c` has it: servers that know it keep it with the object.
    static String crc32c(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate());
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Fills `into` from its position to its limit with the answer to a request for as many bytes.
    /// A try that fails leaves the position where it was.
    static ResponseTransformer<GetObjectResponse, GetObjectResponse> fill(
            ByteBuffer into, long offset) {
        return (answer, stream) -> {
            long sent = answer.contentLength();
            if (offset > 0 && answer.contentRange() == null) {
                throw new EndsEarlyException("the server sends whole objects only, no ranges");
            }
            if (sent < into.remaining()) {
                throw new EndsEarlyException("it ends at byte " + (offset + sent));
            }
            ByteBuffer left = into.duplicate();
            byte[] piece = new byte[Math.min(PIECE_BYTES, left.remaining())];
            while (left.hasRemaining()) {
                left.put(piece, 0, next(stream, piece, left.remaining(), sent));
            }
            if (sent > into.remaining()) {
                stream.abort(); // rather than read what nobody asked for
            }
            into.position(into.limit());
            return answer;
        };
    }

    /// Compares an object with `content`.
    static ResponseTransformer<GetObjectResponse, Boolean> same(ByteBuffer content) {
        return (answer, stream) -> {
            long sent = answer.contentLength();
            ByteBuffer left = content.duplicate();
            boolean same = sent == left.remaining();
            byte[] piece = new byte[Math.min(PIECE_BYTES, left.remaining())];
            while (same && left.hasRemaining()) {
                int count = next(stream, piece, left.remaining(), sent);
                ByteBuffer ours = left.slice().limit(count);
                same = ours.equals(ByteBuffer.wrap(piece, 0, count));
                left.position(left.position() + count);
            }
            if (!same) {
                stream.abort();
            }
            return same;
        };
    }

    private static int next(InputStream stream, byte[] piece, int left, long sent)
            throws IOException {
        int count = stream.read(piece, 0, Math.min(piece.length, left));
        if (count < 0) {
            throw new EOFException(
                    "the answer broke off, %d bytes of %d were still to come"
                            .formatted(left, sent));
        }
        return count;
    }
}
