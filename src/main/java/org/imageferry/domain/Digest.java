package org.imageferry.domain;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// A SHA-256 (FIPS 180-4): it names a block, a part or a disk.
///
/// Kept as four numbers instead of an array, so that it is a value: small, immutable, comparable.
public record Digest(long a, long b, long c, long d) implements Comparable<Digest> {
    public static final int BYTES = 32;

    /// @param bytes holds the digest at `offset`, 32 bytes
    public static Digest of(byte[] bytes, int offset) {
        return of(ByteBuffer.wrap(bytes, offset, BYTES));
    }

    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, this has " + bytes.length);
        }
        return of(bytes, 0);
    }

    /// Takes the next 32 bytes of `bytes`.
    public static Digest of(ByteBuffer bytes) {
        return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /// @param hex 64 hexadecimal digits
    public static Digest parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public void putTo(ByteBuffer bytes) {
        bytes.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        putTo(bytes);
        return bytes.array();
    }

    /// Orders as the bytes do, unsigned: the order of the block index.
    @Override
    public int compareTo(Digest other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a); // a digest is uniform: any of its bits will do
    }

    /// The 64 hexadecimal digits, lower case.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
