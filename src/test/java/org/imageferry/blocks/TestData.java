package org.imageferry.blocks;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// What the tests of this package are made of.
final class TestData {
    static final Scope SCOPE =
            new Scope(new AccountId("1234567890123456"), new RegionId("cn-hangzhou"));
    static final Scope OTHER_SCOPE =
            new Scope(new AccountId("1234567890123456"), new RegionId("eu-central-1"));
    static final Seal OPEN = new Seal.None(SCOPE);
    static final Scope SEALED_SCOPE =
            new Scope(
                    SCOPE.account(),
                    SCOPE.region(),
                    Optional.of(
                            new KeyVersion(new KeyId("01234567-89ab-cdef-0123-456789abcdef"), 1)));
    static final Seal SEALED = sealed(SEALED_SCOPE, 1);

    static final ObjectId SEGMENT = ObjectId.parse("3f0102030405060708090a0b0c0d0e0f");

    private TestData() {}

    /// @param first byte of the data key, which goes on counting from there
    static Seal sealed(Scope scope, int first) {
        byte[] dataKey = new byte[ScopeKeys.KEY_BYTES];
        for (int i = 0; i < dataKey.length; i++) {
            dataKey[i] = (byte) (first + i);
        }
        return new Seal.Keyed(ScopeKeys.derive(scope, dataKey));
    }

    /// The first salt is 0, 1, 2 and so on up to 31, the next goes on from there: those of the examples
    /// in `docs/design/format.md`.
    static RandomGenerator salts() {
        return new CountingBytes();
    }

    private static final class CountingBytes implements RandomGenerator {
        private byte next;

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only bytes are asked for");
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = next++;
            }
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static byte[] noise(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Words from a small vocabulary: zstd makes about a third of it.
    static byte[] prose(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(6));
        }
        return bytes;
    }

    static ObjectId id(SplittableRandom random) {
        return new ObjectId(random.nextLong(), random.nextLong());
    }

    static Digest digest(SplittableRandom random) {
        return new Digest(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /// Replaces the SHA-256 at the end of `bytes` by that of `bytes` from `from` up to it: for a forger
    /// who knows the format.
    static byte[] resealed(byte[] bytes, int from) {
        int end = bytes.length - Digest.BYTES;
        byte[] checksum = new Sha256().of(ByteBuffer.wrap(bytes, from, end - from)).bytes();
        System.arraycopy(checksum, 0, bytes, end, Digest.BYTES);
        return bytes;
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    /// Bytes that this thread has taken from the heap so far.
    static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
