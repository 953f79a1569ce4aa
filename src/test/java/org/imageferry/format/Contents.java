package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// What a disk image holds, as the engine reads it.
final class Contents {
    /// No divisor of any cluster, and more than the smallest of them.
    private static final int PIECE_BYTES = 100_003;

    private Contents() {}

    /// All bytes, in pieces, holes and all.
    static byte[] all(DiskImage disk) throws IOException {
        byte[] all = new byte[Math.toIntExact(disk.length())];
        for (int at = 0; at < all.length; at += PIECE_BYTES) {
            disk.read(at, ByteBuffer.wrap(all, at, Math.min(PIECE_BYTES, all.length - at)));
        }
        return all;
    }

    /// Only what the image says is data; the rest is left zero.
    static byte[] data(DiskImage disk) throws IOException {
        byte[] all = new byte[Math.toIntExact(disk.length())];
        for (int from = 0; from < all.length; from += 1 << 20) {
            long end = from;
            List<ImageFile.Stretch> data = disk.data(from, from + (1 << 20));
            for (ImageFile.Stretch stretch : data) {
                assertThat(stretch.offset()).isGreaterThanOrEqualTo(end);
                assertThat(stretch.length()).isPositive();
                end = stretch.offset() + stretch.length();
                assertThat(end).isLessThanOrEqualTo(Math.min(all.length, from + (1 << 20)));
                disk.read(
                        stretch.offset(),
                        ByteBuffer.wrap(all, (int) stretch.offset(), (int) stretch.length()));
            }
        }
        return all;
    }

    static long dataBytes(DiskImage disk) throws IOException {
        return disk.data(0, disk.length()).stream().mapToLong(ImageFile.Stretch::length).sum();
    }
}
