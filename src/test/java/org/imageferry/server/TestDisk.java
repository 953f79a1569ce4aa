package org.imageferry.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.imageferry.store.Extent;

/// A disk image to copy: gigabytes of address space, a few megabytes of data in each, all of them
/// known by their seeds.
///
/// @param extents where the data is, in order
record TestDisk(Path file, long length, List<Extent> extents) {
    static final long PART_BYTES = 1L << 30;
    private static final int EXTENT_BYTES = 4 << 20;
    private static final int EXTENTS_A_PART = 5;
    private static final int PAGE = 4096;

    TestDisk {
        extents = List.copyOf(extents);
    }

    /// Makes a disk with a part for each seed, and a short last page. Equal seeds at equal places make
    /// equal parts.
    static TestDisk make(Path file, long... seeds) throws IOException {
        List<Extent> extents = new ArrayList<>();
        long length = (seeds.length - 1) * PART_BYTES + PART_BYTES / 8 + 1000;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int part = 0; part < seeds.length; part++) {
                Random random = new Random(seeds[part]);
                for (int i = 0; i < EXTENTS_A_PART; i++) {
                    long page = random.nextInt(1000) + i * 6000L; // 8000 are free, and 1024 filled
                    long offset = part * PART_BYTES + page * PAGE;
                    extents.add(new Extent(offset, EXTENT_BYTES));
                    write(channel, offset, bytes(random, EXTENT_BYTES));
                }
            }
            extents.add(new Extent(length - 1000, 1000));
            write(channel, length - 1000, bytes(new Random(seeds[0]), 1000));
        }
        return new TestDisk(file, length, extents);
    }

    /// Half of it can be compressed, as on real disks.
    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        for (int i = 0; i < count; i += 2 * PAGE) {
            for (int j = i; j < Math.min(count, i + PAGE); j++) {
                bytes[j] = (byte) ('a' + (bytes[j] & 3));
            }
        }
        return bytes;
    }

    private static void write(FileChannel to, long offset, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            to.write(buffer, offset + buffer.position());
        }
    }

    /// @return the bytes of the extent
    byte[] read(Extent extent) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) extent.length());
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                channel.read(bytes, extent.offset() + bytes.position());
            }
        }
        return bytes.array();
    }

    String fingerprint() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return Fingerprint.of(length, extents, (offset, into) -> fill(channel, offset, into));
        }
    }

    private static void fill(FileChannel channel, long offset, ByteBuffer into) throws IOException {
        int start = into.position();
        while (into.hasRemaining()) {
            channel.read(into, offset + into.position() - start);
        }
    }
}
