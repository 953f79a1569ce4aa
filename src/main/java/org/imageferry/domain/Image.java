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
        ImageAttributes attributes,
        ImageState state,
        Instant created,
        Origin origin,
        List<Disk> disks,
        long bytes,
        long revision) {

    public Image {
        disks = List.copyOf(disks);
    }

    /// Whether it is whole and may be used. A deprecated one is whole too, but not for new uses.
    public boolean available() {
        return state instanceof ImageState.Available;
    }

    /// Whether it was brought whole, whatever has become of it since.
    public boolean whole() {
        return switch (state) {
            case ImageState.Available _, ImageState.Deprecated _, ImageState.UnAvailable _ -> true;
            case ImageState.Waiting _, ImageState.Creating _, ImageState.CreateFailed _ -> false;
        };
    }

    /// Whether its owner wants it used no more.
    public boolean deprecated() {
        return switch (state) {
            case ImageState.Deprecated _ -> true;
            case ImageState.UnAvailable(boolean deprecated) -> deprecated;
            case ImageState.Available _,
                    ImageState.Waiting _,
                    ImageState.Creating _,
                    ImageState.CreateFailed _ ->
                    false;
        };
    }

    /// What becomes of its state when it is known whether some of its bytes are damaged: of one that is
    /// whole, for others no bytes count.
    public ImageState state(boolean damaged) {
        if (!whole()) {
            return state;
        }
        if (damaged) {
            return new ImageState.UnAvailable(deprecated());
        }
        return deprecated() ? new ImageState.Deprecated() : new ImageState.Available();
    }

    public ImageName name() {
        return attributes.name();
    }

    public Description description() {
        return attributes.description();
    }

    public Platform platform() {
        return attributes.platform();
    }

    public ResourceGroupId group() {
        return attributes.group();
    }

    public Tags tags() {
        return attributes.tags();
    }

    public Image with(ImageState next) {
        List<Disk> kept = next instanceof ImageState.CreateFailed ? List.of() : disks;
        return changed(attributes, next, kept, bytes);
    }

    /// The same image with disks whose lengths have become known.
    public Image with(List<Disk> next) {
        return changed(attributes, state, next, next.stream().mapToLong(Disk::bytes).sum());
    }

    public Image with(ImageAttributes next) {
        return changed(next, state, disks, bytes);
    }

    private Image changed(
            ImageAttributes nextAttributes, ImageState next, List<Disk> nextDisks, long nextBytes) {
        return new Image(
                id,
                account,
                region,
                nextAttributes,
                next,
                created,
                origin,
                nextDisks,
                nextBytes,
                revision + 1);
    }
}
