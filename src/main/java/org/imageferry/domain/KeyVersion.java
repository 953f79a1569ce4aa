package org.imageferry.domain;

/// A version of a key: what it wrapped, only it unwraps.
///
/// @param version from 1, to 999,999
public record KeyVersion(KeyId key, int version) {
    private static final int MOST = 999_999;

    public KeyVersion {
        if (version < 1 || version > MOST) {
            throw new IllegalArgumentException("no key has version " + version);
        }
    }

    @Override
    public String toString() {
        return key + "/" + version;
    }
}
