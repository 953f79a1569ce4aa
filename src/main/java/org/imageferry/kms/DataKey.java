package org.imageferry.kms;

import java.util.Arrays;

/// A data key in the clear: 32 random bytes. It is closed, and so wiped, as soon as other keys are
/// derived from it.
public final class DataKey implements AutoCloseable {
    public static final int BYTES = 32;

    private final byte[] bytes;

    /// @param bytes [#BYTES] of them; copied
    public DataKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a data key has " + BYTES + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /// A copy; its receiver wipes it.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}
