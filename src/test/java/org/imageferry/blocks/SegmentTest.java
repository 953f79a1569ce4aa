package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.imageferry.domain.Digest;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(SegmentBuilder.BUFFER_BYTES);

    private final TestStore store = new TestStore();

    @Test
    void whatWasPackedIsFoundAgain() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<byte[]> contents = contents(random);
            SegmentBuilder builder = builder();
            try (BlockEncoder encoder = new BlockEncoder()) {
                for (byte[] content : contents) {
                    EncodedBlock block = encode(encoder, content);
                    assertThat(builder.append(block)).isEqualTo(contents.indexOf(content));
                }
            }
            byte[] segment = TestData.bytes(builder.finish());
            SegmentFooter footer = footer(segment);
            assertThat(footer.scope()).isEqualTo(TestData.SCOPE);
            assertThat(footer.entries())
                    .extracting(SegmentFooter.Entry::name)
                    .isEqualTo(builder.names());
            assertThat(contentsOf(footer, segment))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(contents);
        }
    }

    @Test
    void aBlockMovesToAnotherSegmentUnchanged() throws Exception {
        byte[] segment = smallSegment();
        SegmentFooter footer = footer(segment);
        SegmentBuilder builder = builder();
        for (int ordinal = footer.size() - 1; ordinal >= 0; ordinal--) {
            var entry = footer.entry(ordinal);
            builder.append(entry, ByteBuffer.wrap(segment, entry.offset(), entry.storedLength()));
        }
        byte[] moved = TestData.bytes(builder.finish());
        List<byte[]> contents = contentsOf(footer, segment);
        assertThat(contentsOf(footer(moved), moved)).containsExactlyElementsOf(contents.reversed());
    }

    @Test
    void aSegmentIsFullAfterSixteenMebibytes() throws Exception {
        byte[] content = TestData.noise(new SplittableRandom(1), PageCutter.MOST_BYTES);
        EncodedBlock block = plain(content);
        SegmentBuilder builder = builder();
        while (builder.fits(block.storedLength())) {
            builder.append(block);
        }
        assertThat(builder.names()).hasSize(SegmentBuilder.SEGMENT_BYTES / content.length);
        assertThat(builder.fits(1)).isFalse();
        assertThatThrownBy(() -> builder.append(block)).isInstanceOf(IllegalStateException.class);
        byte[] segment = TestData.bytes(builder.finish());
        assertThat(contentsOf(footer(segment), segment)).hasSize(64).containsOnly(content);
    }

    @Test
    void aSegmentIsFullAfter1024Blocks() throws Exception {
        SegmentBuilder builder = builder();
        EncodedBlock block = plain(new byte[] {1});
        while (builder.fits(1)) {
            builder.append(block);
        }
        byte[] segment = TestData.bytes(builder.finish());
        assertThat(footer(segment).size()).isEqualTo(1024);
        assertThat(segment.length).isLessThan(SegmentFormat.MOST_FOOTER_BYTES + 1024);
    }

    @Test
    void theLongestFooterIsReadAtOnce() throws Exception {
        SegmentBuilder builder = builder();
        EncodedBlock block = plain(TestData.noise(new SplittableRandom(1), 16 << 10));
        while (builder.fits(block.storedLength())) {
            builder.append(block);
        }
        SegmentFooter footer = footer(TestData.bytes(builder.finish()));
        assertThat(footer.size()).isEqualTo(1024);
        assertThat(store.reads).hasValue(1);
    }

    @Test
    void anEmptyOrFinishedSegmentCannotBeFinished() {
        SegmentBuilder builder = builder();
        assertThat(builder.isEmpty()).isTrue();
        assertThatThrownBy(builder::finish).isInstanceOf(IllegalStateException.class);
        EncodedBlock block = plain(new byte[] {1});
        builder.append(block);
        builder.finish();
        assertThatThrownBy(builder::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.append(block)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBufferThatIsTooSmallIsRefused() {
        ByteBuffer small = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES - 1);
        assertThatThrownBy(() -> new SegmentBuilder(TestData.SEGMENT, TestData.SCOPE, small))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBlockIsFoundByOrdinalAndNameOnly() throws Exception {
        SegmentFooter footer = footer(smallSegment());
        Digest name = footer.entry(1).name();
        assertThat(footer.find(1, name)).contains(footer.entry(1));
        assertThat(footer.find(0, name)).isEmpty();
        assertThat(footer.find(-1, name)).isEmpty();
        assertThat(footer.find(footer.size(), name)).isEmpty();
    }

    @Test
    void everyFlippedBitOfTheFooterIsSeen() throws Exception {
        byte[] segment = smallSegment();
        int footerAt = blockBytes(segment);
        for (int bit = footerAt * 8; bit < segment.length * 8; bit++) {
            assertDamaged(TestData.flipped(segment, bit));
        }
    }

    @Test
    void aSegmentCutShortAnywhereIsDamaged() throws Exception {
        byte[] segment = smallSegment();
        for (int length = 0; length < segment.length; length++) {
            assertDamaged(Arrays.copyOf(segment, length));
            assertDamaged(Arrays.copyOfRange(segment, segment.length - length, segment.length));
        }
    }

    @Test
    void noiseIsDamaged() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            assertDamaged(TestData.noise(random, random.nextInt(100_000)));
        }
    }

    @Test
    void aSegmentUnderTheNameOfAnotherIsDamaged() throws Exception {
        var other = TestData.id(new SplittableRandom(3));
        store.put(StoreLayout.segment(other), smallSegment());
        assertThatThrownBy(() -> SegmentFooter.read(store, other))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("it says it is segment " + TestData.SEGMENT);
    }

    @Test
    void aMissingSegmentIsMissingAndNotDamaged() {
        assertThatThrownBy(() -> SegmentFooter.read(store, TestData.SEGMENT))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aForgerWhoKnowsTheChecksumIsRefusedToo() throws Exception {
        assertForged("magic", at(0), segment -> segment.putLong(0));
        assertForged("version is 3", at(8), segment -> segment.putShort((short) 3));
        assertForged("scope takes", at(10), segment -> segment.putShort((short) 256));
        assertForged("long, which", at(10), segment -> segment.putShort((short) 255));
        assertForged("count of blocks", at(12), segment -> segment.putInt(0));
        assertForged("count of blocks", at(12), segment -> segment.putInt(-1));
        assertForged("count of blocks", at(12), segment -> segment.putInt(1025));
        assertForged("long, which", at(12), segment -> segment.putInt(1024));
        assertForged("blocks take", at(16), segment -> segment.putInt(-1));
        assertForged("blocks take", at(16), segment -> segment.putInt((16 << 20) + 1));
        assertForged("long, which", at(16), segment -> segment.putInt(16 << 20));
        assertForged("scope is none", -SegmentFormat.TRAILER_BYTES - 1, s -> s.put((byte) '!'));
        assertForged("scope is none", -SegmentFormat.TRAILER_BYTES - 12, s -> s.put((byte) 'x'));
    }

    @Test
    void entriesThatCannotBeAreDamageHoweverTheyAreSealed() throws Exception {
        for (int forged : new int[] {-1, 0, 8, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertForged("lengths none has", entryField(64), s -> s.putInt(forged));
            assertForged("lengths none has", entryField(68), s -> s.putInt(forged));
        }
        assertForged("is sealed", entryField(72), s -> s.putInt(2));
        assertForged("unknown codec", entryField(72), s -> s.putInt(4));
        assertForged("unknown codec", entryField(72), s -> s.putInt(0x01000000));
        assertForged("add up", entryField(64), s -> s.putInt(8).putInt(8));
    }

    @Test
    void hostileCountsAllocateNoMoreThanTheInput() throws Exception {
        byte[] segment = smallSegment();
        ByteBuffer.wrap(segment).putInt(segment.length - SegmentFormat.TRAILER_BYTES + 12, 1024);
        byte[] hostile = TestData.resealed(segment, blockBytes(segment));
        assertDamaged(hostile); // warm
        long before = TestData.allocated();
        assertDamaged(hostile);
        assertThat(TestData.allocated() - before).isLessThan(64 << 10);
    }

    private static int at(int trailerField) {
        return trailerField - SegmentFormat.TRAILER_BYTES;
    }

    /// Of the first entry of [#smallSegment].
    private static int entryField(int field) {
        int scope = TestData.SCOPE.toString().length();
        return field - SegmentFormat.TRAILER_BYTES - scope - 3 * SegmentFormat.ENTRY_BYTES;
    }

    /// @param at where to forge, from the segment's end
    private void assertForged(String reason, int at, Consumer<ByteBuffer> forger) throws Exception {
        byte[] segment = smallSegment();
        int footerAt = blockBytes(segment);
        forger.accept(ByteBuffer.wrap(segment).position(segment.length + at));
        assertThat(assertDamaged(TestData.resealed(segment, footerAt)))
                .hasMessageContaining(reason);
    }

    private DamagedException assertDamaged(byte[] segment) {
        store.put(StoreLayout.segment(TestData.SEGMENT), segment);
        DamagedException damage =
                catchThrowableOfType(
                        DamagedException.class, () -> SegmentFooter.read(store, TestData.SEGMENT));
        assertThat(damage).isNotNull();
        assertThat(damage.what()).isEqualTo("segment " + TestData.SEGMENT);
        return damage;
    }

    private SegmentFooter footer(byte[] segment) throws Exception {
        store.put(StoreLayout.segment(TestData.SEGMENT), segment);
        return SegmentFooter.read(store, TestData.SEGMENT);
    }

    /// Three blocks: of 7 bytes plain, 5,000 compressed and 9 plain.
    private static byte[] smallSegment() {
        SplittableRandom random = new SplittableRandom(6);
        SegmentBuilder builder = builder();
        try (BlockEncoder encoder = new BlockEncoder()) {
            builder.append(encode(encoder, TestData.noise(random, 7)));
            builder.append(encode(encoder, TestData.prose(random, 5000)));
            builder.append(encode(encoder, TestData.noise(random, 9)));
        }
        return TestData.bytes(builder.finish());
    }

    private static int blockBytes(byte[] segment) {
        return ByteBuffer.wrap(segment).getInt(segment.length + at(16));
    }

    private static SegmentBuilder builder() {
        return new SegmentBuilder(TestData.SEGMENT, TestData.SCOPE, BUFFER);
    }

    private static EncodedBlock plain(byte[] content) {
        try (BlockEncoder encoder = new BlockEncoder()) {
            EncodedBlock block = encode(encoder, content);
            assertThat(block.codec()).isEqualTo(Codec.PLAIN);
            return block;
        }
    }

    private static EncodedBlock encode(BlockEncoder encoder, byte[] content) {
        ByteBuffer block = TestData.direct(content);
        return encoder.encode(encoder.name(block), block);
    }

    private static List<byte[]> contents(SplittableRandom random) {
        List<byte[]> contents = new ArrayList<>();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            int length = random.nextInt(1, 20_000);
            contents.add(
                    random.nextBoolean()
                            ? TestData.noise(random, length)
                            : TestData.prose(random, length));
        }
        return contents;
    }

    private static List<byte[]> contentsOf(SegmentFooter footer, byte[] segment)
            throws DamagedException {
        List<byte[]> contents = new ArrayList<>();
        try (BlockDecoder decoder = new BlockDecoder(TestData.OPEN)) {
            for (SegmentFooter.Entry entry : footer.entries()) {
                ByteBuffer stored = ByteBuffer.wrap(segment, entry.offset(), entry.storedLength());
                ByteBuffer into = ByteBuffer.allocate(entry.length());
                assertThat(decoder.check(List.of(entry), List.of(stored))).isEmpty();
                decoder.decode(entry, stored, into);
                contents.add(into.array());
            }
        }
        return contents;
    }
}
