package org.imageferry.format;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// How clusters are compressed.
enum Packing {
    /// Bare, without the frame of zlib (RFC 1951).
    DEFLATE,
    /// RFC 1950.
    ZLIB,
    /// RFC 8878.
    ZSTD;

    /// A frame may ask for a window as long as the longest cluster, and for no more memory.
    private static final int MOST_WINDOW_BITS = 21;

    /// The first bytes of what `packed` holds, as many as `into` has room for; what follows them is not
    /// looked at.
    ///
    /// @throws IOException if it holds less, or is broken
    void unpack(byte[] packed, byte[] into) throws IOException {
        switch (this) {
            case DEFLATE -> inflate(packed, into, true);
            case ZLIB -> inflate(packed, into, false);
            case ZSTD -> zstd(packed, into);
        }
    }

    private static void inflate(byte[] packed, byte[] into, boolean bare) throws IOException {
        Inflater inflater = new Inflater(bare);
        try {
            inflater.setInput(packed);
            int filled = 0;
            while (filled < into.length) {
                int more = inflater.inflate(into, filled, into.length - filled);
                if (more == 0) { // at its end, out of input, or in want of a dictionary
                    throw new EOFException("it ends after " + filled + " bytes");
                }
                filled += more;
            }
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private static void zstd(byte[] packed, byte[] into) throws IOException {
        try (ZstdInputStreamNoFinalizer zstd =
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
            zstd.setLongMax(MOST_WINDOW_BITS);
            int filled = zstd.readNBytes(into, 0, into.length);
            if (filled < into.length) {
                throw new EOFException("it ends after " + filled + " bytes");
            }
        }
    }
}
