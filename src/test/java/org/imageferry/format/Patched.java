package org.imageferry.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// A sample image in which something was changed, with the checksums over it made right again: so that
/// it is the change that a reader meets.
final class Patched {
    private static final int KIB = 1 << 10;

    private final SampleImage sample;
    private final byte[] bytes;

    Patched(SampleImage sample) {
        this.sample = sample;
        this.bytes = sample.bytes();
    }

    Patched put(int offset, int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes[offset + i] = (byte) values[i];
        }
        return this;
    }

    /// Replaces a text by one of the same length.
    Patched replace(String old, String by) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = all.indexOf(old);
        if (at < 0 || old.length() != by.length()) {
            throw new IllegalArgumentException(old + " is not there or not as long as " + by);
        }
        byte[] text = by.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, bytes, at, text.length);
        return this;
    }

    MemoryFile file() {
        seal(sample, bytes);
        return new MemoryFile(bytes);
    }

    DiskImage open() throws java.io.IOException {
        return sample.format().open(file());
    }

    /// Makes all checksums right that the sample has.
    static void seal(SampleImage sample, byte[] bytes) {
        switch (sample) {
            case VHD_DYNAMIC -> {
                sum(bytes, 0, Vhd.FOOTER_BYTES, 64);
                sum(bytes, Vhd.FOOTER_BYTES, Vhd.HEADER_BYTES, 36);
                sum(bytes, bytes.length - Vhd.FOOTER_BYTES, Vhd.FOOTER_BYTES, 64);
            }
            case VHD_FIXED -> sum(bytes, bytes.length - Vhd.FOOTER_BYTES, Vhd.FOOTER_BYTES, 64);
            case VHDX -> {
                crc(bytes, 64 * KIB, 4 * KIB);
                crc(bytes, 128 * KIB, 4 * KIB);
                crc(bytes, 192 * KIB, 64 * KIB);
                crc(bytes, 256 * KIB, 64 * KIB);
            }
            default -> {}
        }
    }

    private static void sum(byte[] bytes, int offset, int length, int at) {
        ByteBuffer structure = ByteBuffer.wrap(bytes, offset, length).slice();
        structure.putInt(at, Vhd.checksum(structure, at));
    }

    private static void crc(byte[] bytes, int offset, int length) {
        ByteBuffer structure =
                ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(structure.putInt(4, 0).duplicate());
        structure.putInt(4, (int) crc.getValue());
    }
}
