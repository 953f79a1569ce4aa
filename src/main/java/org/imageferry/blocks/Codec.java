package org.imageferry.blocks;

import java.util.Optional;

/// How a block's content became its stored bytes. The numbers are part of the format.
public enum Codec {
    /// The stored bytes are the content.
    PLAIN(0),
    /// One zstd frame (RFC 8878) without dictionary.
    ZSTD(1),
    /// Salt, then the content, encrypted, then a tag: `docs/design/encryption.md`.
    SEALED_PLAIN(2),
    /// The same with a zstd frame for the content.
    SEALED_ZSTD(3);

    private static final Codec[] BY_NUMBER = values();

    private final int number;

    Codec(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public boolean isSealed() {
        return unsealed() != this;
    }

    /// What a sealed block is once it is opened; others are what they are.
    public Codec unsealed() {
        return switch (this) {
            case PLAIN, SEALED_PLAIN -> PLAIN;
            case ZSTD, SEALED_ZSTD -> ZSTD;
        };
    }

    Codec sealed() {
        return switch (this) {
            case PLAIN -> SEALED_PLAIN;
            case ZSTD -> SEALED_ZSTD;
            case SEALED_PLAIN, SEALED_ZSTD ->
                    throw new IllegalArgumentException("what is sealed is not sealed again");
        };
    }

    /// Whether a block of `length` bytes may be stored in `storedLength` bytes.
    boolean allows(int storedLength, int length) {
        if (length < 1 || length > PageCutter.MOST_BYTES) {
            return false;
        }
        return switch (this) {
            case PLAIN -> storedLength == length;
            case ZSTD -> storedLength >= 1 && storedLength < length;
            case SEALED_PLAIN, SEALED_ZSTD ->
                    storedLength > SealedBlocks.ADDED_BYTES
                            && unsealed().allows(storedLength - SealedBlocks.ADDED_BYTES, length);
        };
    }

    /// @return nothing if no codec of this format version has the number
    static Optional<Codec> of(int number) {
        return number >= 0 && number < BY_NUMBER.length
                ? Optional.of(BY_NUMBER[number])
                : Optional.empty();
    }
}
