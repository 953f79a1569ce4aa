package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.imageferry.blocks.PageCutter;

/// Makes disks that share much: files of a small library and holes, wherever chance puts them; whole
/// parts that many disks have.
final class Disks {
    static final long PART_BYTES = 32L * PageCutter.PAGE_BYTES;

    private static final int MOST_PARTS = 5;
    private static final int FILES = 10;
    private static final int MOST_FILE_PAGES = 14;
    private static final int COMMON_PARTS = 3;
    private static final byte[][] LIBRARY = library();

    private Disks() {}

    private static byte[][] library() {
        SplittableRandom chance = new SplittableRandom(1);
        byte[][] files = new byte[FILES][];
        for (int i = 0; i < FILES; i++) {
            files[i] = new byte[(1 + chance.nextInt(MOST_FILE_PAGES)) * PageCutter.PAGE_BYTES];
            if (i % 2 == 0) {
                chance.nextBytes(files[i]);
            } else { // compresses well, and has zeros inside its pages
                for (int at = 0; at < files[i].length; at += Long.BYTES << (i / 2)) {
                    ByteBuffer.wrap(files[i]).putLong(at, i * 1_000_003L + at);
                }
            }
        }
        return files;
    }

    /// One to five parts; the last may be short, and end within a page.
    static byte[] any(RandomGenerator chance) {
        int parts = 1 + chance.nextInt(MOST_PARTS);
        byte[] disk = new byte[Math.toIntExact(parts * PART_BYTES)];
        for (int part = 0; part < parts; part++) {
            fill(disk, Math.toIntExact(part * PART_BYTES), chance);
        }
        boolean short_ = chance.nextInt(3) == 0;
        int missing = short_ ? chance.nextInt(Math.toIntExact(PART_BYTES) - 1) : 0;
        return Arrays.copyOf(disk, disk.length - missing);
    }

    private static void fill(byte[] disk, int from, RandomGenerator chance) {
        switch (chance.nextInt(8)) {
            case 0 -> {} // a part that is a hole
            case 1, 2 -> files(disk, from, new SplittableRandom(chance.nextInt(COMMON_PARTS)));
            default -> files(disk, from, chance);
        }
    }

    private static void files(byte[] disk, int from, RandomGenerator chance) {
        int end = Math.toIntExact(from + PART_BYTES);
        int at = from;
        while (at < end) {
            byte[] file = LIBRARY[chance.nextInt(FILES)];
            int length = Math.min(file.length, end - at);
            if (chance.nextInt(4) > 0) { // else a hole of the file's length
                System.arraycopy(file, 0, disk, at, length);
            }
            at += length;
        }
    }
}
