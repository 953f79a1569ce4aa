package org.imageferry.copy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.Snapshot;

/// What regions and snapshots keep from being copied, whoever asks.
final class CopyRules {
    private CopyRules() {}

    /// @throws RefusedException [Refusal.Barred]
    static void checkRegions(Tables tables, RegionId source, RegionId destination) {
        RegionRules rules = tables.regions().rules(source);
        refuseUnlessCopying(source, rules);
        refuseUnlessCopying(destination, tables.regions().rules(destination));
        if (rules.barredDestinations().contains(destination)) {
            throw new RefusedException(new Refusal.Barred.Destination(source, destination));
        }
    }

    private static void refuseUnlessCopying(RegionId region, RegionRules rules) {
        if (!rules.copying()) {
            throw new RefusedException(new Refusal.Barred.RegionNotCopying(region));
        }
    }

    /// The snapshots of the image's disks, in their order.
    ///
    /// @throws RefusedException `SourceSnapshotMissing`, `SnapshotTooOld` or `MakesNoImages`
    static List<Snapshot> snapshots(Tables tables, Image source) {
        RegionRules rules = tables.regions().rules(source.region());
        List<Snapshot> snapshots = new ArrayList<>();
        for (Disk disk : source.disks()) {
            Snapshot snapshot = sound(tables, disk);
            checkMakesImages(snapshot, rules);
            snapshots.add(snapshot);
        }
        return snapshots;
    }

    /// @throws RefusedException `SnapshotTooOld` or `MakesNoImages`
    static void checkMakesImages(Snapshot snapshot, RegionRules rules) {
        Instant oldest = rules.oldestSnapshot();
        if (snapshot.created().isBefore(oldest)) {
            throw new RefusedException(new Refusal.Barred.SnapshotTooOld(snapshot.id(), oldest));
        }
        if (!snapshot.attributes().makesImages()) {
            throw new RefusedException(new Refusal.OfSnapshot.MakesNoImages(snapshot.id()));
        }
    }

    private static Snapshot sound(Tables tables, Disk disk) {
        return tables.snapshots()
                .find(disk.snapshot())
                .filter(Snapshot::sound)
                .orElseThrow(() ->
                        new RefusedException(new Refusal.SourceSnapshotMissing(disk.snapshot())));
    }
}
