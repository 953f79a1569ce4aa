package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.records.Records;

/// Takes requests to delete images and snapshots. An image keeps its snapshots, as in ECS: the bytes go
/// with the last snapshot that has them.
public final class Deletions {
    private final Changes changes;
    private final RegionMap regions;
    private final Records records;

    public Deletions(Changes changes, RegionMap regions) {
        this.changes = changes;
        this.regions = regions;
        this.records = new Records();
    }

    /// Does nothing if the image was this account's and is gone already.
    ///
    /// @throws RefusedException `UnknownImage` if it never was, `ImageBeingCopied`, `ImageBeingImported`
    ///     or `ImageBeingExported` while a task brings or reads it, `Shared` or `Public` while others
    ///     see it
    public void deleteImage(Caller caller, RegionId region, ImageId id) {
        regions.check(region, new Refusal.UnknownRegion(region));
        changes.make(
                caller,
                tables -> {
                    Optional<Task> bringing = tables.tasks().bringing(id);
                    if (tables.images().find(id).isEmpty() && wasTheirs(caller, bringing)) {
                        return id;
                    }
                    Image image = Owned.image(tables, caller.account(), region, id);
                    bringing.filter(Task::open).ifPresent(Deletions::refuseWhile);
                    tables.tasks().reading(id).forEach(Deletions::refuseWhile);
                    ImageChanges.refuseIfSeen(tables, image);
                    tables.images().delete(id);
                    if (image.whole()) {
                        records.deleted(tables, image);
                    }
                    return id;
                });
    }

    private static boolean wasTheirs(Caller caller, Optional<Task> bringing) {
        return bringing.filter(task -> task.account().equals(caller.account())).isPresent();
    }

    private static void refuseWhile(Task task) {
        throw new RefusedException(
                switch (task.work()) {
                    case Work.CopyImage copy -> new Refusal.ImageBeingCopied(copy.source());
                    case Work.ImportImage _ -> new Refusal.ImageBeingImported(task.itsImage());
                    case Work.ExportImage _ -> new Refusal.ImageBeingExported(task.itsImage());
                    case Work.CopySnapshot _, Work.VerifyImages _ ->
                            throw new IllegalStateException("it holds no image: " + task);
                });
    }

    /// Does nothing if the snapshot was this account's and is gone already.
    ///
    /// @throws RefusedException `UnknownSnapshot` if it never was, `SnapshotInUse` while an image is made
    ///     of it, `Busy` while a task brings or reads it
    public void deleteSnapshot(Caller caller, SnapshotId id) {
        changes.make(
                caller,
                tables -> {
                    if (!tables.snapshots().wasDeleted(id, caller.account())) {
                        Snapshot snapshot = Owned.snapshot(tables, caller.account(), id);
                        refuseIfNeeded(tables, id);
                        tables.snapshots().delete(id);
                        records.deleted(tables, snapshot);
                    }
                    return id;
                });
    }

    private static void refuseIfNeeded(Tables tables, SnapshotId id) {
        if (tables.images().uses(id)) {
            throw new RefusedException(new Refusal.SnapshotInUse(id));
        }
        if (tables.snapshots().isRead(id) || tables.tasks().bringing(id).isPresent()) {
            throw new RefusedException(new Refusal.OfSnapshot.Busy(id));
        }
    }
}
