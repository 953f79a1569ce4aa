package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockCodingTest {
    private final BlockEncoder encoder = new BlockEncoder();
    private final BlockDecoder decoder = new BlockDecoder(TestData.OPEN);

    @AfterEach
    void close() {
        encoder.close();
        decoder.close();
    }

    @Test
    void theNameOfABlockIsItsSha256() {
        // FIPS 180-4's own example, "abc"
        assertThat(encoder.name(TestData.ascii("abc")))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void whatWasEncodedDecodesToTheSame() throws DamagedException {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] content = content(random);
            ByteBuffer block = random.nextBoolean() ? direct(content) : ByteBuffer.wrap(content);
            EncodedBlock encoded = encoder.encode(encoder.name(block), block.asReadOnlyBuffer());
            ByteBuffer into =
                    random.nextBoolean()
                            ? ByteBuffer.allocateDirect(content.length + 2)
                            : ByteBuffer.allocate(content.length + 2);
            assertThat(check(encoded, encoded.stored())).isEmpty();
            decoder.decode(entry(encoded), encoded.stored(), into.position(1));
            assertThat(into.position()).as("seed %d", seed).isEqualTo(content.length + 1);
            assertThat(TestData.bytes(into.slice(1, content.length))).isEqualTo(content);
            assertThat(block.remaining()).isEqualTo(content.length);
        }
    }

    @Test
    void whatCompressesIsStoredCompressed() {
        byte[] content = TestData.prose(new SplittableRandom(1), 64 << 10);
        EncodedBlock encoded = encode(content);
        assertThat(encoded.codec()).isEqualTo(Codec.ZSTD);
        assertThat(encoded.storedLength()).isLessThan(content.length / 2);
        assertThat(encoded.checksum()).isEqualTo(encoder.name(encoded.stored()));
    }

    @Test
    void whatDoesNotCompressIsStoredPlain() {
        byte[] content = TestData.noise(new SplittableRandom(1), 64 << 10);
        EncodedBlock encoded = encode(content);
        assertThat(encoded.codec()).isEqualTo(Codec.PLAIN);
        assertThat(TestData.bytes(encoded.stored())).isEqualTo(content);
        assertThat(encoded.checksum()).isEqualTo(encoded.name());
    }

    @Test
    void aTwentiethMustBeSavedToCompress() {
        // zeros of n bytes in noise: zstd saves about n of them
        assertThat(encode(noiseWithZeros(64 << 10, 2_000)).codec()).isEqualTo(Codec.PLAIN);
        assertThat(encode(noiseWithZeros(64 << 10, 5_000)).codec()).isEqualTo(Codec.ZSTD);
    }

    @Test
    void framesOfOtherCompressorsAreRead() throws DamagedException {
        // "ferry" 20 times, as `zstd --no-check` 1.5.4 compresses it
        byte[] content = "ferry".repeat(20).getBytes(StandardCharsets.US_ASCII);
        byte[] frame = HexFormat.of().parseHex("28b52ffd005865000028666572727901008ca96801");
        assertThat(decoded(frame, content.length, encoder.name(ByteBuffer.wrap(content))))
                .isEqualTo(content);
    }

    @Test
    void everyFlippedBitOfTheStoredBytesIsSeen() {
        byte[] content = TestData.prose(new SplittableRandom(2), 300);
        EncodedBlock encoded = encode(content);
        byte[] stored = TestData.bytes(encoded.stored());
        for (int bit = 0; bit < stored.length * 8; bit++) {
            ByteBuffer spoilt = ByteBuffer.wrap(TestData.flipped(stored, bit));
            assertThat(check(encoded, spoilt).values())
                    .singleElement(THROWABLE)
                    .hasMessageContaining(encoded.name().toString());
            assertNeverDecodesToAnotherContent(entry(encoded), spoilt, content);
        }
    }

    @Test
    void aFrameThatHoldsMoreThanTheBlockIsDamage() {
        byte[] bomb = Zstd.compress(new byte[8 << 20], 19);
        ByteBuffer into = ByteBuffer.allocateDirect(2 * 4096);
        into.put(4096, (byte) 42);
        var entry = entry(bomb, 4096, TestData.digest(new SplittableRandom(1)));
        assertThatThrownBy(() -> decoder.decode(entry, ByteBuffer.wrap(bomb), into))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("zstd");
        assertThat(into.position()).isZero();
        assertThat(into.get(4096)).isEqualTo((byte) 42);
    }

    @Test
    void aFrameThatHoldsLessThanTheBlockIsDamage() {
        byte[] content = new byte[4095];
        byte[] frame = Zstd.compress(content, 1);
        Digest name = encoder.name(ByteBuffer.wrap(content));
        assertThatThrownBy(() -> decoded(frame, 4096, name))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("4095");
    }

    @Test
    void contentOfAnotherNameIsDamage() {
        byte[] frame = Zstd.compress(new byte[4096], 1);
        assertThatThrownBy(() -> decoded(frame, 4096, TestData.digest(new SplittableRandom(3))))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("digest");
    }

    @Test
    void storedBytesOfAnotherLengthAreDamage() {
        EncodedBlock encoded = encode(TestData.noise(new SplittableRandom(4), 100));
        ByteBuffer cut = encoded.stored().slice(0, 99);
        assertThat(check(encoded, cut)).hasSize(1);
        assertThatThrownBy(() -> decoder.decode(entry(encoded), cut, ByteBuffer.allocate(100)))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void lengthsThatNoBlockHasAreDamage() {
        for (int length : new int[] {-1, 0, PageCutter.MOST_BYTES + 1, Integer.MAX_VALUE}) {
            byte[] stored = new byte[20];
            var entry = entry(stored, length, TestData.digest(new SplittableRandom(5)));
            ByteBuffer into = ByteBuffer.allocate(PageCutter.MOST_BYTES);
            assertThatThrownBy(() -> decoder.decode(entry, ByteBuffer.wrap(stored), into))
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void aBlockHasAtLeastOneByteAndAtMost256KiB() {
        for (int length : new int[] {0, PageCutter.MOST_BYTES + 1}) {
            assertThatThrownBy(() -> encode(new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private EncodedBlock encode(byte[] content) {
        ByteBuffer block = direct(content);
        return encoder.encode(encoder.name(block), block);
    }

    private Map<Integer, DamagedException> check(EncodedBlock block, ByteBuffer stored) {
        return decoder.check(List.of(block), List.of(stored));
    }

    private byte[] decoded(byte[] frame, int length, Digest name) throws DamagedException {
        ByteBuffer into = ByteBuffer.allocate(length);
        decoder.decode(entry(frame, length, name), ByteBuffer.wrap(frame), into);
        return into.array();
    }

    private void assertNeverDecodesToAnotherContent(
            SegmentFooter.Entry entry, ByteBuffer spoilt, byte[] content) {
        ByteBuffer into = ByteBuffer.allocate(content.length);
        try {
            decoder.decode(entry, spoilt, into);
            assertThat(into.array()).isEqualTo(content); // a bit that zstd does not use
        } catch (DamagedException e) {
            assertThat(e.what()).contains(entry.name().toString());
        }
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

    private static SegmentFooter.Entry entry(byte[] frame, int length, Digest name) {
        return new SegmentFooter.Entry(name, 0, frame.length, length, Codec.ZSTD, name);
    }

    private static byte[] content(SplittableRandom random) {
        int length = random.nextInt(1, PageCutter.MOST_BYTES + 1);
        return random.nextBoolean()
                ? TestData.noise(random, length)
                : TestData.prose(random, length);
    }

    private static byte[] noiseWithZeros(int length, int zeros) {
        byte[] bytes = TestData.noise(new SplittableRandom(9), length);
        Arrays.fill(bytes, 0, zeros, (byte) 0);
        return bytes;
    }

    private static ByteBuffer direct(byte[] content) {
        return TestData.direct(content);
    }
}
