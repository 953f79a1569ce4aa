package org.imageferry.blocks;

import java.util.Optional;

/// How a block's content became its stored bytes. The numbers are part of the format.
public enum Codec {
    /// The stored bytes are the content.
    PLAIN(0),
    /// One zstd frame (RFC 8878) without dictionary.
    ZSTD(1);

    private final int number;

    Codec(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// Whether a block of `length` bytes may be stored in `storedLength` bytes.
    boolean allows(int storedLength, int length) {
        if (length < 1 || length > PageCutter.MOST_BYTES) {
            return false;
        }
        return switch (this) {
            case PLAIN -> storedLength == length;
            case ZSTD -> storedLength >= 1 && storedLength < length;
        };
    }

    /// @return nothing if no codec of this format version has the number
    static Optional<Codec> of(int number) {
        return switch (number) {
            case 0 -> Optional.of(PLAIN);
            case 1 -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }
}
