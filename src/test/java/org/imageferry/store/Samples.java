package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageferry.domain.Digest;

/// What the tests of stores write, and how they look at what came of it.
public final class Samples {
    private Samples() {}

    /// Bytes without a zero among them, which another seed makes others.
    public static ByteBuffer bytes(int seed, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put(i, (byte) (1 + Math.floorMod(31 * seed + i * 7 + (i >> 8), 255)));
        }
        return bytes;
    }

    /// Stands for the SHA-256 of something.
    public static Digest digest(int seed) {
        return new Digest(seed, seed, seed, seed);
    }

    public static ByteBuffer read(RegionStore store, ObjectName name) throws StoreException {
        ByteBuffer into = ByteBuffer.allocate(Math.toIntExact(store.length(name)));
        store.read(name, 0, into);
        assertThat(into.hasRemaining()).isFalse();
        return into.flip();
    }

    public static ByteBuffer read(BucketObject object, long offset, int length)
            throws StoreException {
        ByteBuffer into = ByteBuffer.allocate(length);
        object.read(offset, into);
        assertThat(into.hasRemaining()).isFalse();
        return into.flip();
    }

    /// Asserts that something fails this way, and says so.
    public static void assertFails(StoreException.Kind kind, ThrowingCallable action) {
        assertThat(failure(action).kind()).isEqualTo(kind);
    }

    public static StoreException failure(ThrowingCallable action) {
        StoreException failure = catchThrowableOfType(StoreException.class, action);
        assertThat(failure).isNotNull().hasMessageMatching("(?s).{20,}");
        return failure;
    }
}
