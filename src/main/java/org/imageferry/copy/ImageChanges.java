package org.imageferry.copy;

import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.records.Records;

/// Takes requests to change what is said of an image, also of one that is still being made.
public final class ImageChanges {
    private final Changes changes;
    private final RegionMap regions;
    private final Records records = new Records();

    public ImageChanges(Changes changes, RegionMap regions) {
        this.changes = changes;
        this.regions = regions;
    }

    /// @throws RefusedException `UnknownImage`, `NameTaken`, [Refusal.Attribute]; `Shared` or `Public` if
    ///     an image that others see is to be deprecated
    public void modify(Caller caller, RegionId region, ImageId id, ImageChange change) {
        regions.check(region, new Refusal.UnknownRegion(region));
        changes.make(
                caller,
                tables -> {
                    Image before = Owned.image(tables, caller.account(), region, id);
                    Image next = changed(tables, before, change);
                    refuseTaken(tables, before, next);
                    if (change.dryRun()) {
                        throw new RefusedException(new Refusal.DryRunPassed());
                    }
                    write(tables, next);
                    return id;
                });
    }

    private static Image changed(Tables tables, Image before, ImageChange change) {
        change.bootMode().ifPresent(mode -> checkBootMode(before, mode));
        change.imdsSupport().ifPresent(version -> checkImds(before, version));
        Image next = before.with(change.of(before.attributes()));
        Optional<Boolean> deprecated = change.deprecated();
        if (deprecated.isEmpty()) {
            return next;
        }
        return deprecated.get() ? deprecated(tables, next) : restored(next);
    }

    private static void checkBootMode(Image image, String mode) {
        if (!image.platform().bootsBy(mode)) {
            throw new RefusedException(
                    new Refusal.Attribute.BootMode(image.platform().architecture(), mode));
        }
    }

    private static void checkImds(Image image, String version) {
        if (version.equals("v1") && image.attributes().features().imdsSupport().equals("v2")) {
            throw new RefusedException(new Refusal.Attribute.ImdsStays(image.id()));
        }
    }

    private static Image deprecated(Tables tables, Image image) {
        if (!image.available()) {
            throw new RefusedException(new Refusal.Attribute.NotAvailable(image.id()));
        }
        refuseIfSeen(tables, image);
        return image.with(new ImageState.Deprecated());
    }

    /// @throws RefusedException `Shared` or `Public` if others see the image
    static void refuseIfSeen(Tables tables, Image image) {
        if (!tables.shares().sharedOf(Set.of(image.id())).isEmpty()) {
            throw new RefusedException(new Refusal.Sharing.Shared(image.id()));
        }
        if (image.attributes().isPublic() || !tables.shares().published(image.id()).isEmpty()) {
            throw new RefusedException(new Refusal.Sharing.Public(image.id()));
        }
    }

    private static Image restored(Image image) {
        if (!(image.state() instanceof ImageState.Deprecated)) {
            throw new RefusedException(new Refusal.Attribute.NotDeprecated(image.id()));
        }
        return image.with(new ImageState.Available());
    }

    private static void refuseTaken(Tables tables, Image before, Image next) {
        boolean failed = next.state() instanceof ImageState.CreateFailed; // then its name is free
        boolean renamed = !next.name().equals(before.name());
        if (renamed
                && !failed
                && tables.images().nameTaken(next.account(), next.region(), next.name())) {
            throw new RefusedException(new Refusal.NameTaken(next.name()));
        }
    }

    private void write(Tables tables, Image image) {
        tables.images().update(image);
        records.changed(tables, image);
    }
}
