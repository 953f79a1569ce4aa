package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.Image;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.format.VhdWriter;
import org.imageferry.store.Buckets;

/// Takes requests to write an image's disks into a bucket.
public final class ImageExports {
    private final Changes changes;
    private final RegionMap regions;
    private final Buckets buckets;
    private final KeyChoices keys;
    private final Ids ids;

    public ImageExports(
            Changes changes, RegionMap regions, Buckets buckets, KeyChoices keys, Ids ids) {
        this.changes = changes;
        this.regions = regions;
        this.buckets = buckets;
        this.keys = keys;
        this.ids = ids;
    }

    /// The object that a disk is exported to: `{prefix_}{image}_{task}.raw` for the system disk, as ECS
    /// names it, and `…_data1.raw` and so on for the others; with the format for an ending.
    public static ObjectKey object(Task task, Work.ExportImage export, int disk) {
        String prefix = export.prefix().isEmpty() ? "" : export.prefix() + "_";
        String suffix = disk == 0 ? "" : "_data" + disk;
        return new ObjectKey(
                prefix
                        + task.itsImage()
                        + "_"
                        + task.id()
                        + suffix
                        + "."
                        + export.format().title());
    }

    /// @throws RefusedException with the reason; nothing was changed then
    public TaskId export(Caller caller, ExportRequest request) {
        regions.readable(request.region(), new Refusal.UnknownRegion(request.region()));
        if (buckets.find(caller.account(), request.region(), request.bucket()).isEmpty()) {
            throw new RefusedException(new Refusal.UnknownBucket(request.bucket()));
        }
        Optional<Refusal> locked = keys.forExport(request.region(), request.image());
        return changes.make(caller, tables -> enter(tables, caller, request, locked));
    }

    private TaskId enter(
            Tables tables, Caller caller, ExportRequest request, Optional<Refusal> locked) {
        tables.regions().lock(request.region());
        Image image = Owned.image(tables, caller.account(), request.region(), request.image());
        if (!image.available()) {
            throw new RefusedException(new Refusal.ImageNotAvailable(image.id(), image.state()));
        }
        requireFits(image, request.format());
        boolean exporting =
                tables.tasks().reading(image.id()).stream()
                        .anyMatch(task -> task.work() instanceof Work.ExportImage);
        if (exporting) {
            throw new RefusedException(new Refusal.ImageBeingExported(image.id()));
        }
        refuseDamaged(tables, image);
        if (locked.isPresent()) {
            throw new RefusedException(locked.get());
        }
        if (request.dryRun()) {
            throw new RefusedException(new Refusal.DryRunPassed());
        }
        Task task =
                new Task(
                        ids.task(),
                        caller.account(),
                        request.region(),
                        Optional.of(image.id()),
                        new Work.ExportImage(request.bucket(), request.prefix(), request.format()),
                        new TaskState.Waiting(),
                        tables.regions().nextTicket(request.region()),
                        tables.now(),
                        Progress.NONE);
        tables.tasks().insert(task, image.disks().stream().map(Disk::snapshot).toList());
        return task.id();
    }

    private static void requireFits(Image image, ExportFormat format) {
        boolean fits =
                image.disks().stream().allMatch(disk -> disk.bytes() <= VhdWriter.MOST_DISK_BYTES);
        if (format == ExportFormat.VHD && !fits) {
            throw new RefusedException(
                    new Refusal.UnsupportedFormat(
                            "VHD",
                            "a VHD holds 2040 GiB at most, and a disk of the image has more: export"
                                    + " it as qcow2 or raw"));
        }
    }

    private static void refuseDamaged(Tables tables, Image image) {
        for (Disk disk : image.disks()) {
            if (tables.snapshots().find(disk.snapshot()).filter(Snapshot::sound).isEmpty()) {
                throw new RefusedException(new Refusal.SourceSnapshotMissing(disk.snapshot()));
            }
        }
    }
}
