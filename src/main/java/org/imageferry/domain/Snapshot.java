package org.imageferry.domain;

import java.time.Instant;
import java.util.Optional;

/// The bytes of one disk at one time, kept in a region. It outlives the image that brought it.
///
/// @param bytes the exact length of the disk
/// @param digest names the whole disk; empty until the last part has come
/// @param source of which snapshot this is a copy, if it is one
public record Snapshot(
        SnapshotId id,
        AccountId account,
        RegionId region,
        String name,
        long bytes,
        Optional<Digest> digest,
        Instant created,
        Optional<Source> source) {

    public record Source(SnapshotId snapshot, RegionId region) {}

    /// A snapshot that is to become equal to `from`, for the disk of an image copy.
    public static Snapshot copyOf(Snapshot from, SnapshotId id, Image copy) {
        return new Snapshot(
                id,
                copy.account(),
                copy.region(),
                "copy of " + from.id(),
                from.bytes(),
                Optional.empty(),
                copy.created(),
                Optional.of(new Source(from.id(), from.region())));
    }

    /// A snapshot that is to become equal to a disk that `image` imports.
    public static Snapshot imported(SnapshotId id, Image image, long bytes) {
        return new Snapshot(
                id,
                image.account(),
                image.region(),
                "import of " + image.id(),
                bytes,
                Optional.empty(),
                image.created(),
                Optional.empty());
    }

    public boolean accomplished() {
        return digest.isPresent();
    }

    public Snapshot with(Digest whole) {
        return new Snapshot(id, account, region, name, bytes, Optional.of(whole), created, source);
    }
}
