package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;

/// What a task brings: snapshots, and the image that is made of them, if there is to be one.
///
/// @param snapshots in the order of the image's disks
record Brought(Optional<Image> image, List<SnapshotId> snapshots) {
    private static final Brought NOTHING = new Brought(Optional.empty(), List.of());

    /// @param task that is open, or has ended within this transaction
    static Brought by(Tables tables, Task task) {
        return switch (task.work()) {
            case Work.CopyImage _, Work.ImportImage _ ->
                    of(tables.images().find(task.itsImage()).orElseThrow());
            case Work.CopySnapshot copy -> new Brought(Optional.empty(), List.of(copy.snapshot()));
            case Work.ExportImage _, Work.VerifyImages _ -> NOTHING;
        };
    }

    private static Brought of(Image image) {
        return new Brought(Optional.of(image), image.disks().stream().map(Disk::snapshot).toList());
    }

    void become(Tables tables, ImageState next) {
        image.ifPresent(it -> tables.images().update(it.with(next)));
    }

    /// Their bytes are the collector's.
    void deleteSnapshots(Tables tables) {
        snapshots.forEach(tables.snapshots()::delete);
    }
}
