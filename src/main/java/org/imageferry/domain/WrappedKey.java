package org.imageferry.domain;

/// A key that another key has encrypted. It may be kept anywhere, and printed nowhere.
///
/// @param text as the key service made it; only that understands it
public record WrappedKey(String text) {
    @Override
    public String toString() {
        return "***";
    }
}
