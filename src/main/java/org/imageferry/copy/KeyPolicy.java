package org.imageferry.copy;

/// What a region's configuration says of encryption.
///
/// @param keys whether the region has a key service
/// @param exports whether encrypted images may be exported from it
public record KeyPolicy(boolean keys, boolean exports) {
    public static final KeyPolicy DEFAULT = new KeyPolicy(true, true);
}
