package org.imageferry.domain;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Names a segment or a manifest: 16 random bytes, so that no two writers ever mean the same object.
public record ObjectId(long high, long low) implements Comparable<ObjectId> {
    public static final int BYTES = 16;

    public static ObjectId of(ByteBuffer bytes) {
        return new ObjectId(bytes.getLong(), bytes.getLong());
    }

    /// @param hex 32 hexadecimal digits
    public static ObjectId parse(String hex) {
        return of(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    public void putTo(ByteBuffer bytes) {
        bytes.putLong(high).putLong(low);
    }

    @Override
    public int compareTo(ObjectId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /// The 32 hexadecimal digits, lower case.
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        putTo(bytes);
        return HexFormat.of().formatHex(bytes.array());
    }
}
