package org.imageferry.domain;

/// Where an image came from.
public sealed interface Origin {
    record Imported() implements Origin {}

    record Copied(ImageId source, RegionId sourceRegion) implements Origin {}

    /// Made of snapshots that were there.
    record Created() implements Origin {}
}
