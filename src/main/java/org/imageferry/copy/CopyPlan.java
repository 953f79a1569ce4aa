package org.imageferry.copy;

/// What a copy would move, if it ran now.
///
/// @param contentBytes of the image, holes left out
/// @param newBytes of these, what the destination lacks
/// @param newStoredBytes what would be written for them
public record CopyPlan(long contentBytes, long newBytes, long newStoredBytes) {
    CopyPlan plus(CopyPlan other) {
        return new CopyPlan(
                contentBytes + other.contentBytes,
                newBytes + other.newBytes,
                newStoredBytes + other.newStoredBytes);
    }
}
