package org.imageferry.format;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/// How a raw disk is compressed as a whole. Such a file can only be read from its start to its end, so it
/// is unpacked before anything else is done with it.
public enum Compression {
    /// RFC 1952, one member or several.
    GZIP,
    /// The .xz file format 1.2.0, of any `xz -9`.
    XZ,
    /// RFC 8878, one frame or several, of any `zstd --ultra -22 --long`.
    ZSTD;

    /// What a decoder may take: as much as the longest usual window asks for, and a little.
    private static final int MOST_XZ_KIB = 70 << 10;

    private static final int MOST_WINDOW_BITS = 27;
    private static final int INPUT_BYTES = 256 << 10;
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 4096;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(PAGE_BYTES).asReadOnlyBuffer();

    /// Hears how it goes, at each piece of about a MiB; what it throws ends the work.
    public interface Watch {
        void unpacked(long bytes) throws Exception;
    }

    /// Unpacks a file. Pages of zeros are not given to the sink.
    ///
    /// @param mostBytes the longest disk that is taken
    /// @return the disk's length; at least 1
    /// @throws FormatException if the file is broken or holds more
    /// @throws IOException if it can't be read
    public long unpack(ImageFile file, long mostBytes, FileSink sink, Watch watch)
            throws Exception {
        FileStream packed = new FileStream(file, INPUT_BYTES);
        byte[] piece = new byte[PIECE_BYTES];
        long length = 0;
        try (InputStream unpacked = decoder(packed)) {
            int count = unpacked.readNBytes(piece, 0, piece.length);
            while (count > 0) {
                if (count > mostBytes - length) {
                    throw new FormatException(
                            name(),
                            "the disk in it has more than the %d bytes that the region takes"
                                    .formatted(mostBytes));
                }
                put(piece, count, length, sink);
                length += count;
                watch.unpacked(length);
                count = unpacked.readNBytes(piece, 0, piece.length);
            }
        } catch (IOException e) {
            throw told(e, packed);
        }
        if (length == 0) {
            throw new FormatException(name(), "there is nothing in it");
        }
        return length;
    }

    private InputStream decoder(InputStream packed) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(packed, INPUT_BYTES);
            case XZ -> new XZInputStream(packed, MOST_XZ_KIB);
            case ZSTD -> new ZstdInputStreamNoFinalizer(packed).setLongMax(MOST_WINDOW_BITS);
        };
    }

    /// A file that can't be read is no broken file.
    private IOException told(IOException e, FileStream packed) {
        if (e instanceof FormatException || packed.failed()) {
            return e;
        }
        FormatException broken =
                new FormatException(
                        name(),
                        "it can't be unpacked (%s): check it, for instance with %s -t, or make or fetch it again"
                                .formatted(e, name().toLowerCase(java.util.Locale.ROOT)));
        broken.initCause(e);
        return broken;
    }

    private static void put(byte[] piece, int count, long offset, FileSink sink) throws Exception {
        int from = 0;
        for (int at = 0; at < count; at += PAGE_BYTES) {
            int length = Math.min(PAGE_BYTES, count - at);
            if (ByteBuffer.wrap(piece, at, length).equals(ZEROS.slice(0, length))) {
                give(piece, from, at, offset, sink);
                from = at + length;
            }
        }
        give(piece, from, count, offset, sink);
    }

    private static void give(byte[] piece, int from, int to, long offset, FileSink sink)
            throws Exception {
        if (from < to) {
            sink.put(offset + from, ByteBuffer.wrap(piece, from, to - from));
        }
    }
}
