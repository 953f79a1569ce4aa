package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.Test;

class PageCutterTest {
    private static final int PAGE = PageCutter.PAGE_BYTES;

    private record Block(long offset, int length) {}

    @Test
    void blocksAreThoseThatThePageOfTheFormatDescribes() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] disk = disk(new SplittableRandom(seed), 200);
            assertThat(cut(disk)).as("seed %d", seed).isEqualTo(slowlyCut(disk));
        }
    }

    @Test
    void blocksDoNotDependOnHowTheDiskIsFed() {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] disk = disk(random, 400);
            assertThat(cutInChunks(disk, random)).as("seed %d", seed).isEqualTo(cut(disk));
        }
    }

    @Test
    void blocksAndHolesMakeTheDisk() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] disk = disk(new SplittableRandom(seed), 300);
            byte[] again = new byte[disk.length];
            for (Block block : cut(disk)) {
                System.arraycopy(
                        disk, (int) block.offset(), again, (int) block.offset(), block.length());
                assertThat(block.length()).isBetween(1, PageCutter.MOST_BYTES);
                assertThat(block.offset() % PAGE).isZero();
                assertNoPageIsZero(disk, block);
            }
            assertThat(again).as("seed %d", seed).isEqualTo(disk);
        }
    }

    @Test
    void blocksOfNoiseHaveAboutNineteenPages() {
        byte[] disk = TestData.noise(new SplittableRandom(7), 4096 * PAGE);
        List<Block> blocks = cut(disk);
        assertThat(blocks.size()).isBetween(4096 / 22, 4096 / 14);
        assertThat(blocks.subList(0, blocks.size() - 1))
                .allMatch(block -> block.length() >= PageCutter.LEAST_PAGES * PAGE);
    }

    @Test
    void contentThatMovedByPagesIsCutIntoTheSameBlocks() {
        byte[] data = TestData.noise(new SplittableRandom(11), 1000 * PAGE);
        byte[] moved = new byte[data.length + 17 * PAGE];
        System.arraycopy(data, 0, moved, 17 * PAGE, data.length);
        System.arraycopy(
                TestData.noise(new SplittableRandom(12), 17 * PAGE), 0, moved, 0, 17 * PAGE);
        Set<Digest> before = names(data);
        Set<Digest> after = names(moved);
        after.retainAll(before);
        assertThat(after.size()).isGreaterThan(before.size() - 8);
    }

    @Test
    void aPageWithOneByteIsNoHole() {
        byte[] disk = new byte[3 * PAGE];
        disk[2 * PAGE - 1] = 1;
        assertThat(cut(disk)).containsExactly(new Block(PAGE, PAGE));
    }

    @Test
    void pagesThatNeverMatchMakeTheLongestBlocks() {
        byte[] page = pageThatEndsNoBlock();
        byte[] disk = new byte[130 * PAGE];
        for (int at = 0; at < disk.length; at += PAGE) {
            System.arraycopy(page, 0, disk, at, PAGE);
        }
        assertThat(cut(disk))
                .containsExactly(
                        new Block(0, 64 * PAGE),
                        new Block(64 * PAGE, 64 * PAGE),
                        new Block(128 * PAGE, 2 * PAGE));
    }

    @Test
    void theLastPageMayBeShort() {
        byte[] disk = new byte[2 * PAGE + 5];
        disk[PAGE] = 1;
        disk[2 * PAGE] = 1;
        assertThat(cut(disk)).containsExactly(new Block(PAGE, PAGE + 5));
        disk[2 * PAGE] = 0;
        assertThat(cut(disk)).containsExactly(new Block(PAGE, PAGE));
    }

    @Test
    void nothingAndZerosHaveNoBlocks() {
        assertThat(cut(new byte[0])).isEmpty();
        assertThat(cut(new byte[70 * PAGE + 9])).isEmpty();
    }

    @Test
    void zerosAreConsumedAtOnce() {
        var cutter = new PageCutter();
        ByteBuffer chunk = ByteBuffer.allocateDirect(10 * PAGE + 9);
        assertThat(cutter.cut(chunk, false, (_, _) -> {})).isEqualTo(10 * PAGE);
        assertThat(cutter.cut(chunk, true, (_, _) -> {})).isEqualTo(10 * PAGE + 9);
    }

    @Test
    void aBlockThatMayGoOnIsLeftToTheNextChunk() {
        ByteBuffer chunk = ByteBuffer.wrap(pageThatEndsNoBlock());
        var cutter = new PageCutter();
        List<Block> blocks = new ArrayList<>();
        assertThat(cutter.cut(chunk, false, (at, length) -> blocks.add(new Block(at, length))))
                .isZero();
        assertThat(blocks).isEmpty();
    }

    @Test
    void offsetsAreTheChunksOwnAndTheChunkStaysAsItWas() {
        ByteBuffer chunk = ByteBuffer.allocate(5 * PAGE);
        chunk.put(3 * PAGE, (byte) 1).position(2 * PAGE).limit(4 * PAGE);
        List<Block> blocks = new ArrayList<>();
        int consumed =
                new PageCutter()
                        .cut(chunk, true, (at, length) -> blocks.add(new Block(at, length)));
        assertThat(consumed).isEqualTo(2 * PAGE);
        assertThat(blocks).containsExactly(new Block(3 * PAGE, PAGE));
        assertThat(chunk.position()).isEqualTo(2 * PAGE);
        assertThat(chunk.limit()).isEqualTo(4 * PAGE);
    }

    @Test
    void whatTheSinkThrowsComesThrough() {
        ByteBuffer chunk = ByteBuffer.wrap(pageThatEndsNoBlock());
        assertThatThrownBy(() ->
                        new PageCutter()
                                .cut(
                                        chunk,
                                        true,
                                        (_, _) -> {
                                            throw new IOException("the sink is full");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("the sink is full");
    }

    private static List<Block> cut(byte[] disk) {
        List<Block> blocks = new ArrayList<>();
        int consumed =
                new PageCutter()
                        .cut(
                                ByteBuffer.wrap(disk),
                                true,
                                (at, length) -> blocks.add(new Block(at, length)));
        assertThat(consumed).isEqualTo(disk.length);
        return blocks;
    }

    /// Feeds the disk in chunks of 64 to 200 pages and some bytes, carrying the rest as a reader would.
    private static List<Block> cutInChunks(byte[] disk, SplittableRandom random) {
        List<Block> blocks = new ArrayList<>();
        PageCutter cutter = new PageCutter();
        int position = 0;
        while (position < disk.length) {
            int wanted = random.nextInt(64 * PAGE, 200 * PAGE);
            int length = Math.min(wanted, disk.length - position);
            ByteBuffer chunk = ByteBuffer.allocateDirect(length).put(disk, position, length).flip();
            long base = position;
            boolean last = position + length == disk.length;
            int consumed =
                    cutter.cut(chunk, last, (at, size) -> blocks.add(new Block(base + at, size)));
            assertThat(consumed).isGreaterThan(length - 64 * PAGE);
            position += consumed;
        }
        return blocks;
    }

    /// Noise with holes in it, and maybe a short last page.
    private static byte[] disk(SplittableRandom random, int mostPages) {
        int pages = random.nextInt(1, mostPages);
        byte[] disk = new byte[pages * PAGE + random.nextInt(2) * random.nextInt(PAGE)];
        int at = 0;
        while (at < disk.length) {
            int length = Math.min(random.nextInt(1, 90) * PAGE, disk.length - at);
            if (random.nextInt(3) > 0) {
                System.arraycopy(TestData.noise(random, length), 0, disk, at, length);
            }
            at += length;
        }
        return disk;
    }

    private static byte[] pageThatEndsNoBlock() {
        byte[] page = new byte[PAGE];
        page[0] = 1;
        assertThat((slowCrc(page, 0, PAGE) >>> 7) & 15).isNotZero();
        return page;
    }

    private static Set<Digest> names(byte[] disk) {
        Set<Digest> names = new HashSet<>();
        Sha256 sha256 = new Sha256();
        for (Block block : cut(disk)) {
            names.add(sha256.of(ByteBuffer.wrap(disk, (int) block.offset(), block.length())));
        }
        return names;
    }

    private static void assertNoPageIsZero(byte[] disk, Block block) {
        int end = (int) block.offset() + block.length();
        for (int page = (int) block.offset(); page < end; page += PAGE) {
            assertThat(isZero(disk, page, Math.min(page + PAGE, end))).isFalse();
        }
    }

    /// The rules once more, as plainly as they can be said.
    private static List<Block> slowlyCut(byte[] disk) {
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        int pages = 0;
        for (int page = 0; page < disk.length; page += PAGE) {
            int end = Math.min(page + PAGE, disk.length);
            boolean zero = isZero(disk, page, end);
            pages += zero ? 0 : 1;
            boolean match = ((slowCrc(disk, page, end) >>> 7) & 15) == 0;
            boolean full = pages == 64 || (pages >= 4 && match);
            if (pages > 0 && (zero || full || end == disk.length)) {
                blocks.add(new Block(start, (zero ? page : end) - start));
                pages = 0;
            }
            if (pages == 0) {
                start = end;
            }
        }
        return blocks;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// CRC32C bit by bit: polynomial 0x1EDC6F41, reflected.
    private static long slowCrc(byte[] bytes, int from, int to) {
        int crc = -1;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (0x82F63B78 & -(crc & 1));
            }
        }
        return Integer.toUnsignedLong(~crc);
    }
}
