package fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.imageferry.format.DiskImage;
import org.imageferry.format.ImageFile;
import org.imageferry.format.ImageFormat;

/// What Jazzer feeds with files: the reader of `-Dfuzz.format=…` opens each, tells its map and reads some of
/// it. Whatever the bytes are, that ends in disk contents or an [IOException], after few reads, in little
/// memory, and without a look outside the file.
public final class FormatTarget {
    private static final ImageFormat FORMAT =
            ImageFormat.valueOf(
                    System.getProperty("fuzz.format", "QCOW2").toUpperCase(Locale.ROOT));
    private static final ThreadMXBean THREADS =
            (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_ALLOCATED_BYTES = 64L << 20;
    private static final int MOST_READS = 200_000;
    private static final int PIECE_BYTES = 256 << 10;
    private static final int PIECES = 3;
    private static final long MAPPED_BYTES = 16L << 20;

    private FormatTarget() {}

    /// Jazzer finds it by this name.
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length == 0) {
            return; // refused before a reader sees it
        }
        // The first time, it may be that classes were loaded and instrumented.
        if (allocated(bytes) > MOST_ALLOCATED_BYTES) {
            long again = allocated(bytes);
            if (again > MOST_ALLOCATED_BYTES) {
                throw new IllegalStateException(again + " bytes were allocated");
            }
        }
    }

    private static long allocated(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            use(FORMAT.open(new Watched(bytes)));
        } catch (IOException _) {
            // so it is broken, and says so
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void use(DiskImage disk) throws IOException {
        long length = disk.length();
        require(length > 0, "a disk of no bytes");
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long place : new long[] {0, length / 2, Math.max(0, length - PIECE_BYTES)}) {
            long end = Math.min(length, place > length - MAPPED_BYTES ? length : place + MAPPED_BYTES);
            for (ImageFile.Stretch data : disk.data(place, end)) {
                require(
                        data.offset() >= place
                                && data.length() > 0
                                && data.length() <= end - data.offset(),
                        "data outside of what was asked for");
            }
            long at = place;
            for (int i = 0; i < PIECES && at < length; i++) {
                piece.clear().limit((int) Math.min(PIECE_BYTES, length - at));
                disk.read(at, piece);
                require(!piece.hasRemaining(), "a read that filled less than was asked for");
                at += piece.position();
            }
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    /// A file that counts what is read of it, and has no patience with reads beside it.
    private static final class Watched implements ImageFile {
        private final byte[] bytes;
        private int reads;

        Watched(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public List<Stretch> data(long from, long to) {
            inside(from, to - from);
            return to > from ? List.of(new Stretch(from, to - from)) : List.of();
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            inside(offset, into.remaining());
            into.put(bytes, (int) offset, into.remaining());
        }

        private void inside(long offset, long length) {
            require(
                    offset >= 0 && length >= 0 && offset <= bytes.length - length,
                    "a read of %d bytes at %d of %d".formatted(length, offset, bytes.length));
            require(++reads <= MOST_READS, "more than " + MOST_READS + " reads");
        }
    }
}
