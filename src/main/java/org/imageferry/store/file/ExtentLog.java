package org.imageferry.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.imageferry.domain.Digest;
import org.imageferry.store.Extent;
import org.imageferry.store.Upload.Arrived;

/// Remembers durably what has arrived of an upload: a file of records of 64 bytes, big-endian.
///
/// | record | bytes 0–7 | 8–15 | 16–23 | 24–55 | 56–59 | 60–63 |
/// |---|---|---|---|---|---|---|
/// | first | `IFUPLOAD` | 1, the version | length of the object | 0 | 0 | CRC32C of bytes 0–59 |
/// | others | 1 arrived, 2 withdrawn | offset | length | SHA-256, or 0 | 0 | CRC32C of bytes 0–59 |
///
/// A record that is torn, or whose checksum is wrong, counts for nothing: the extent comes again.
final class ExtentLog implements AutoCloseable {
    private static final int RECORD_BYTES = 64;
    private static final int CHECKED_BYTES = 60;
    private static final int RECORDS_AT_ONCE = 1024;
    private static final long MAGIC = 0x494655504c4f4144L; // "IFUPLOAD"
    private static final long VERSION = 1;
    private static final long ARRIVED = 1;
    private static final long WITHDRAWN = 2;
    private static final Digest NONE = new Digest(0, 0, 0, 0);

    private final FileChannel file;

    private ExtentLog(FileChannel file) {
        this.file = file;
    }

    /// Makes the log of an object of `length` bytes of which nothing has arrived.
    static void create(Path path, long length) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Transfers.write(file, 0, record(MAGIC, VERSION, length, NONE));
            file.force(true);
        }
    }

    /// @return nothing if this is no log of an object of `length` bytes
    static Optional<ExtentLog> open(Path path, long length) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        boolean fits = false;
        try {
            ByteBuffer header = ByteBuffer.allocate(RECORD_BYTES);
            if (file.size() >= RECORD_BYTES) {
                Transfers.fill(file, 0, header);
                fits = header.flip().equals(record(MAGIC, VERSION, length, NONE));
            }
        } finally {
            if (!fits) {
                file.close();
            }
        }
        return fits ? Optional.of(new ExtentLog(file)) : Optional.empty();
    }

    /// Durable once it returns.
    void arrived(Arrived arrived) throws IOException {
        append(ARRIVED, arrived.extent(), arrived.digest());
    }

    /// Says that what overlaps `extent` is about to be overwritten. Durable once it returns.
    void withdrawn(Extent extent) throws IOException {
        append(WITHDRAWN, extent, NONE);
    }

    private void append(long kind, Extent extent, Digest digest) throws IOException {
        long end = file.size() - file.size() % RECORD_BYTES; // over a torn record, if there is one
        Transfers.write(file, end, record(kind, extent.offset(), extent.length(), digest));
        file.force(false);
    }

    ArrivedExtents read() throws IOException {
        ArrivedExtents arrived = new ArrivedExtents();
        long end = file.size() - file.size() % RECORD_BYTES;
        ByteBuffer records = ByteBuffer.allocate(RECORD_BYTES * RECORDS_AT_ONCE);
        for (long at = RECORD_BYTES; at < end; at += records.limit()) {
            records.clear().limit((int) Math.min(records.capacity(), end - at));
            Transfers.fill(file, at, records);
            for (int record = 0; record < records.limit(); record += RECORD_BYTES) {
                take(records.slice(record, RECORD_BYTES), arrived);
            }
        }
        return arrived;
    }

    private static void take(ByteBuffer record, ArrivedExtents arrived) {
        if (record.getInt(CHECKED_BYTES) != checksum(record)) {
            return;
        }
        long kind = record.getLong();
        Extent extent = new Extent(record.getLong(), record.getLong());
        if (kind == ARRIVED) {
            arrived.add(new Arrived(extent, Digest.of(record)));
        } else {
            arrived.remove(extent);
        }
    }

    private static ByteBuffer record(long first, long second, long third, Digest digest) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        record.putLong(first).putLong(second).putLong(third);
        digest.putTo(record);
        record.putInt(CHECKED_BYTES, checksum(record));
        return record.rewind();
    }

    private static int checksum(ByteBuffer record) {
        CRC32C sum = new CRC32C();
        sum.update(record.slice(0, CHECKED_BYTES));
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
