package org.imageferry.domain;

import java.time.Instant;
import java.util.List;

/// A machine image of an account in a region. A copy is an image of its own from the first moment.
///
/// @param disks in the order of their numbers; none once the image has failed
/// @param bytes the sum of the disks' lengths, also when they are gone
/// @param revision counts the changes of this image, from 1
public record Image(
        ImageId id,
        AccountId account,
        RegionId region,
        ImageName name,
        Description description,
        ImageState state,
        Instant created,
        Origin origin,
        Platform platform,
        List<Disk> disks,
        long bytes,
        Tags tags,
        long revision) {

    public Image {
        disks = List.copyOf(disks);
    }

    public boolean available() {
        return state instanceof ImageState.Available;
    }

    public Image with(ImageState next) {
        List<Disk> kept = next instanceof ImageState.CreateFailed ? List.of() : disks;
        return new Image(
                id,
                account,
                region,
                name,
                description,
                next,
                created,
                origin,
                platform,
                kept,
                bytes,
                tags,
                revision + 1);
    }

    /// The same image with disks whose lengths have become known.
    public Image with(List<Disk> next) {
        long sum = next.stream().mapToLong(Disk::bytes).sum();
        return new Image(
                id,
                account,
                region,
                name,
                description,
                state,
                created,
                origin,
                platform,
                next,
                sum,
                tags,
                revision + 1);
    }
}
