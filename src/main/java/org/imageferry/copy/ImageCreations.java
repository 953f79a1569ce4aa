package org.imageferry.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Features;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.records.Records;

/// Takes requests to make an image of snapshots of its region. Their bytes are there already, so the
/// image is available at once; any number of images may be made of one snapshot.
public final class ImageCreations {
    private static final long GIB = 1L << 30;

    private final Changes changes;
    private final ClientTokens tokens = new ClientTokens("CreateImage");
    private final RegionMap regions;
    private final Ids ids;
    private final Records records = new Records();

    public ImageCreations(Changes changes, RegionMap regions, Ids ids) {
        this.changes = changes;
        this.regions = regions;
        this.ids = ids;
    }

    /// @throws RefusedException with the reason; nothing was changed then
    public ImageId create(Caller caller, CreationRequest request) {
        return changes.make(
                caller,
                tables ->
                        new ImageId(
                                tokens.once(
                                        tables,
                                        caller.account(),
                                        request.token(),
                                        () -> enter(tables, caller.account(), request).value())));
    }

    private ImageId enter(Tables tables, AccountId account, CreationRequest request) {
        regions.check(request.region(), new Refusal.UnknownRegion(request.region()));
        tables.regions().lock(request.region());
        List<Disk> disks = disks(tables, account, request);
        Image image = image(tables, account, request, disks);
        if (tables.images().nameTaken(account, request.region(), image.name())) {
            throw new RefusedException(new Refusal.NameTaken(image.name()));
        }
        Quotas.checkImage(tables, account, request.region(), 0);
        if (request.dryRun()) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        tables.images().insert(image);
        records.changed(tables, image);
        return image.id();
    }

    private static List<Disk> disks(Tables tables, AccountId account, CreationRequest request) {
        RegionRules rules = tables.regions().rules(request.region());
        List<Disk> disks = new ArrayList<>();
        for (CreationRequest.DiskOf disk : request.disks()) {
            Snapshot snapshot = Owned.snapshot(tables, account, disk.snapshot());
            if (!snapshot.region().equals(request.region())) {
                throw new RefusedException(new Refusal.UnknownSnapshot(snapshot.id()));
            }
            Owned.sound(snapshot);
            CopyRules.checkMakesImages(snapshot, rules);
            disk.gib().ifPresent(gib -> checkFits(snapshot, gib));
            disks.add(new Disk(disks.size(), snapshot.bytes(), snapshot.id()));
        }
        return disks;
    }

    private static void checkFits(Snapshot snapshot, long gib) {
        if ((snapshot.bytes() + GIB - 1) / GIB > gib) {
            throw new RefusedException(new Refusal.OfSnapshot.LongerThanDisk(snapshot.id(), gib));
        }
    }

    private Image image(
            Tables tables, AccountId account, CreationRequest request, List<Disk> disks) {
        ImageId id = ids.image();
        ResourceGroupId group = Owned.group(tables, account, request.group());
        Platform model = model(tables, disks.getFirst());
        return new Image(
                id,
                account,
                request.region(),
                new ImageAttributes(
                        request.name().orElseGet(() -> new ImageName("image-" + id)),
                        request.description(),
                        request.family(),
                        platform(model, request.guest()),
                        request.guest()
                                .imdsSupport()
                                .map(Features.DEFAULT::withImds)
                                .orElse(Features.DEFAULT),
                        group,
                        request.tags(),
                        false),
                new ImageState.Available(),
                tables.now(),
                new Origin.Created(),
                disks,
                disks.stream().mapToLong(Disk::bytes).sum(),
                1);
    }

    private static Platform model(Tables tables, Disk system) {
        return tables.images().madeOf(system.snapshot(), 1).stream()
                .map(Image::platform)
                .findFirst()
                .orElse(Platform.DEFAULT);
    }

    private static Platform platform(Platform model, CreationRequest.Guest guest) {
        return new Platform(
                guest.architecture().orElse(model.architecture()),
                guest.platform().map(ImageCreations::osType).orElse(model.osType()),
                guest.platform().orElse(model.platform()),
                guest.bootMode().orElse(model.bootMode()));
    }

    /// CreateImage has no parameter for it: the names of all Windows releases begin so.
    private static String osType(String platform) {
        return platform.toLowerCase(Locale.ROOT).startsWith("windows") ? "windows" : "linux";
    }
}
