package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.imageferry.domain.Digest;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.Test;

class SealedBlocksTest {
    private static final int FLIPS = 400;

    private final SplittableRandom random = new SplittableRandom(7);
    private final BlockSealer sealer = new BlockSealer(TestData.SEALED, random);
    private final BlockOpener opener = new BlockOpener(TestData.SEALED);

    @Test
    void whatWasSealedOpensToWhatItWas() throws DamagedException {
        for (int length : List.of(1, 4096, 16 << 10, (16 << 10) + 1, PageCutter.MOST_BYTES)) {
            for (byte[] content :
                    List.of(TestData.noise(random, length), TestData.prose(random, length))) {
                EncodedBlock sealed = sealer.seal(encoded(content));
                assertThat(decoded(sealed)).isEqualTo(content);
            }
        }
    }

    @Test
    void nothingIsDecompressedToBeSealed() throws DamagedException {
        EncodedBlock block = encoded(TestData.prose(random, 64 << 10));
        EncodedBlock sealed = sealer.seal(block);
        assertThat(block.codec()).isEqualTo(Codec.ZSTD);
        assertThat(sealed.codec().unsealed()).isEqualTo(Codec.ZSTD);
        assertThat(sealed.storedLength()).isEqualTo(block.storedLength() + 48);
        assertThat(opener.open(sealed, sealed.stored())).isEqualTo(block.stored());
    }

    @Test
    void equalBlocksHaveOneNameInAScopeAndNoBytesInCommon() {
        EncodedBlock block = encoded(TestData.noise(random, 8192));
        EncodedBlock one = sealer.seal(block);
        byte[] bytes = TestData.bytes(one.stored());
        EncodedBlock other = sealer.seal(block);
        assertThat(other.name()).isEqualTo(one.name()).isNotEqualTo(block.name());
        int equal = 0;
        for (int i = 0; i < bytes.length; i++) {
            equal += bytes[i] == other.stored().get(i) ? 1 : 0;
        }
        assertThat(equal).isLessThan(bytes.length / 100);
    }

    @Test
    void noTwoScopesHaveTheSameNames() {
        Digest content = TestData.digest(random);
        KeyVersion next = new KeyVersion(TestData.SEALED_SCOPE.key().orElseThrow().key(), 2);
        Scope later =
                new Scope(TestData.SCOPE.account(), TestData.SCOPE.region(), Optional.of(next));
        assertThat(
                        List.of(
                                content,
                                TestData.SEALED.name(content),
                                TestData.sealed(TestData.SEALED_SCOPE, 2).name(content),
                                TestData.sealed(later, 1).name(content)))
                .doesNotHaveDuplicates();
    }

    @Test
    void aBlockOpensUnderItsOwnNameCodecLengthsAndScopeOnly() {
        EncodedBlock block = sealer.seal(encoded(TestData.noise(random, 8192)));
        ByteBuffer stored = block.stored();
        assertRefused(
                new EncodedBlock(
                        TestData.digest(random), 8192, block.codec(), block.checksum(), stored));
        assertRefused(
                new EncodedBlock(block.name(), 9000, Codec.SEALED_ZSTD, block.checksum(), stored));
        EncodedBlock frame = sealer.seal(encoded(TestData.prose(random, 8192)));
        assertRefused(
                new EncodedBlock(
                        frame.name(), 8191, frame.codec(), frame.checksum(), frame.stored()));
        Scope other =
                new Scope(
                        TestData.SCOPE.account(),
                        TestData.OTHER_SCOPE.region(),
                        TestData.SEALED_SCOPE.key());
        BlockOpener elsewhere = new BlockOpener(TestData.sealed(other, 1));
        assertThat(damage(() -> elsewhere.open(frame, frame.stored())).what())
                .isEqualTo("block " + frame.name());
    }

    @Test
    void aBlockThatIsNotSealedIsNoneOfASealedScope() {
        EncodedBlock open = encoded(TestData.noise(random, 8192));
        assertRefused(open);
        EncodedBlock sealed = sealer.seal(open);
        BlockOpener plain = new BlockOpener(TestData.OPEN);
        assertThat(damage(() -> plain.open(sealed, sealed.stored())))
                .hasMessageContaining("it is sealed, and its scope is not");
    }

    @Test
    void anyFlippedBitOfASealedBlockIsFound() {
        EncodedBlock block = sealer.seal(encoded(TestData.prose(random, 32 << 10)));
        byte[] bytes = TestData.bytes(block.stored());
        for (int i = 0; i < FLIPS; i++) {
            int bit = random.nextInt(bytes.length * Byte.SIZE);
            ByteBuffer flipped = ByteBuffer.wrap(TestData.flipped(bytes, bit));
            assertThat(damage(() -> opener.open(block, flipped)))
                    .as("bit %d", bit)
                    .hasMessageContaining("block " + block.name());
        }
    }

    /// Not only of the blocks: also of the entries, the scope and the trailer.
    @Test
    void anyFlippedBitOfASealedSegmentIsFound() {
        byte[] segment = TestData.bytes(segment());
        for (int i = 0; i < FLIPS; i++) {
            int bit = random.nextInt(segment.length * Byte.SIZE);
            DamagedException damage = damage(() -> readAll(TestData.flipped(segment, bit)));
            assertThat(damage).as("bit %d", bit).isNotNull();
            assertThat(damage.what()).matches("(segment|block) [0-9a-f]+");
        }
    }

    /// He has no key, but reckons all checksums anew.
    @Test
    void aForgerWithoutTheKeyPassesNothingOffAsABlock() throws Exception {
        EncodedBlock first = copy(sealer.seal(encoded(TestData.noise(random, 4096))));
        EncodedBlock second = copy(sealer.seal(encoded(TestData.noise(random, 4096))));
        EncodedBlock swapped =
                new EncodedBlock(
                        first.name(), 4096, first.codec(), second.checksum(), second.stored());
        ByteBuffer buffer = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES);
        SegmentBuilder builder =
                new SegmentBuilder(TestData.SEGMENT, TestData.SEALED_SCOPE, buffer);
        builder.append(swapped);
        byte[] segment = TestData.bytes(builder.finish());
        assertThat(damage(() -> readAll(segment)).what()).isEqualTo("block " + first.name());
    }

    private ByteBuffer segment() {
        ByteBuffer buffer = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES);
        SegmentBuilder builder =
                new SegmentBuilder(TestData.SEGMENT, TestData.SEALED_SCOPE, buffer);
        for (int i = 0; i < 20; i++) {
            builder.append(sealer.seal(encoded(TestData.noise(random, 100))));
        }
        return builder.finish();
    }

    private static void readAll(byte[] segment) throws StoreException, DamagedException {
        TestStore store = new TestStore();
        store.put(StoreLayout.segment(TestData.SEGMENT), segment);
        SegmentFooter footer = SegmentFooter.read(store, TestData.SEGMENT);
        try (BlockDecoder decoder = new BlockDecoder(TestData.SEALED)) {
            for (SegmentFooter.Entry entry : footer.entries()) {
                ByteBuffer stored = ByteBuffer.wrap(segment, entry.offset(), entry.storedLength());
                decoder.decode(entry, stored, ByteBuffer.allocate(entry.length()));
            }
        }
    }

    private void assertRefused(EncodedBlock block) {
        assertThat(damage(() -> opener.open(block, block.stored())).what())
                .isEqualTo("block " + block.name());
    }

    private static DamagedException damage(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        return catchThrowableOfType(DamagedException.class, read);
    }

    private static byte[] decoded(EncodedBlock block) throws DamagedException {
        ByteBuffer into = ByteBuffer.allocate(block.length());
        try (BlockDecoder decoder = new BlockDecoder(TestData.SEALED)) {
            assertThat(decoder.check(List.of(block), List.of(block.stored()))).isEmpty();
            decoder.decode(entry(block), block.stored(), into);
        }
        return into.array();
    }

    private static SegmentFooter.Entry entry(EncodedBlock block) {
        return new SegmentFooter.Entry(
                block.name(),
                0,
                block.storedLength(),
                block.length(),
                block.codec(),
                block.checksum());
    }

    private static EncodedBlock encoded(byte[] content) {
        try (BlockEncoder encoder = new BlockEncoder()) {
            ByteBuffer block = ByteBuffer.wrap(content);
            return copy(encoder.encode(encoder.name(block), block));
        }
    }

    private static EncodedBlock copy(EncodedBlock block) {
        byte[] bytes = TestData.bytes(block.stored());
        return new EncodedBlock(
                block.name(),
                block.length(),
                block.codec(),
                block.checksum(),
                ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length)));
    }
}
