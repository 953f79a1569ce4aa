package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An image file as a reader of its format sees it: whatever is read must be there, and tables are read
/// in pages of which the last used are kept. So no header makes us allocate or read more than a little.
///
/// Any number of threads may use it.
final class FormatFile {
    /// The most that [#structure] reads at once.
    static final int MOST_STRUCTURE_BYTES = 64 << 10;

    private static final int PAGE_BYTES = 16 << 10;
    private static final int MOST_PAGES = 64;

    private final String format;
    private final ImageFile file;
    private final ByteOrder order;

    /// Least recently used first. Guarded by this.
    private final Map<Long, ByteBuffer> pages = new LinkedHashMap<>(MOST_PAGES, 0.75f, true);

    FormatFile(String format, ImageFile file, ByteOrder order) {
        this.format = format;
        this.file = file;
        this.order = order;
    }

    long length() {
        return file.length();
    }

    List<ImageFile.Stretch> data(long from, long to) throws IOException {
        return file.data(from, to);
    }

    /// Fills `into` from its position to its limit.
    void read(long offset, ByteBuffer into) throws IOException {
        requireInside("data", offset, into.remaining());
        file.read(offset, into);
    }

    /// A header or the like, from position 0 in the format's byte order.
    ///
    /// @param what it is called, for the message if it is not there
    ByteBuffer structure(String what, long offset, int length) throws IOException {
        if (length > MOST_STRUCTURE_BYTES) {
            throw broken("its %s claims %d bytes".formatted(what, length));
        }
        requireInside(what, offset, length);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(offset, bytes);
        return bytes.flip().order(order);
    }

    /// An entry of a table.
    long int64(long offset) throws IOException {
        requireEntry(offset, Long.BYTES);
        return page(offset).getLong((int) (offset % PAGE_BYTES));
    }

    /// An entry of a table, unsigned.
    long uint32(long offset) throws IOException {
        requireEntry(offset, Integer.BYTES);
        return Integer.toUnsignedLong(page(offset).getInt((int) (offset % PAGE_BYTES)));
    }

    /// A byte of a table.
    byte int8(long offset) throws IOException {
        requireEntry(offset, 1);
        return page(offset).get((int) (offset % PAGE_BYTES));
    }

    private void requireEntry(long offset, int length) throws FormatException {
        requireInside("a table", offset, length);
        if (offset % length != 0) { // it would lie across two pages
            throw broken("a table begins at byte %d, which is not aligned".formatted(offset));
        }
    }

    private synchronized ByteBuffer page(long offset) throws IOException {
        long number = offset / PAGE_BYTES;
        ByteBuffer page = pages.get(number);
        if (page == null) {
            long start = number * PAGE_BYTES;
            page = ByteBuffer.allocate((int) Math.min(PAGE_BYTES, length() - start)).order(order);
            file.read(start, page);
            if (pages.size() == MOST_PAGES) {
                pages.remove(pages.keySet().iterator().next());
            }
            pages.put(number, page);
        }
        return page;
    }

    /// @throws FormatException if the file is shorter
    void requireInside(String what, long offset, long length) throws FormatException {
        if (offset < 0 || length < 0 || offset > length() || length > length() - offset) {
            throw broken(
                    "%s of %d bytes should be at byte %d, but the file has only %d"
                            .formatted(what, length, offset, length()));
        }
    }

    /// The file is not what it should be.
    FormatException broken(String reason) {
        return new FormatException(
                format,
                "this %s file is broken (%s): check it, or make or fetch it again"
                        .formatted(format, reason));
    }

    /// The file is good, but not for us.
    ///
    /// @param advice what to do
    FormatException refused(String reason, String advice) {
        return new FormatException(format, "this %s file %s: %s".formatted(format, reason, advice));
    }

    /// What a field says, if it is a length that a disk can have.
    long diskLength(String field, long bytes) throws FormatException {
        if (bytes <= 0) {
            throw broken("%s says that the disk has %d bytes".formatted(field, bytes));
        }
        return bytes;
    }

    /// What a field says, if it is a power of two between these.
    int powerOfTwo(String field, long value, long least, long most) throws FormatException {
        if (value < least || value > most || Long.bitCount(value) != 1) {
            throw broken(
                    "%s is %d, not a power of two from %d to %d"
                            .formatted(field, value, least, most));
        }
        return (int) value;
    }
}
