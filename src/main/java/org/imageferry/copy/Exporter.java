package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.store.Bucket;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;

/// Writes images' disks as objects into buckets. Every block is decoded and its content checked against
/// its name; holes are not written.
///
/// An export has no parts to commit: after a crash it starts over, and its object is seen only once
/// it is whole.
public final class Exporter {
    private static final int MOST_TRIES = 3;

    private final Workshop shop;

    public Exporter(Workshop shop) {
        this.shop = shop;
    }

    /// Does one of the region's exports, if there is one to do.
    ///
    /// @return whether there was
    public boolean step(Region region) throws InterruptedException {
        if (region.health().gone().isPresent()) {
            return false;
        }
        Optional<WholeTask> claimed = WholeTask.claim(shop, region, Work.Action.ExportImage);
        claimed.ifPresent(task -> task.run(() -> export(region, task)));
        return claimed.isPresent();
    }

    private void export(Region region, WholeTask claimed) throws Exception {
        Task task = claimed.task();
        Work.ExportImage work = (Work.ExportImage) task.work();
        Image image =
                shop.catalog()
                        .read(tables -> tables.images().find(task.itsImage()))
                        .orElseThrow(() -> new ClaimLostException(claimed.lease().claim()));
        Bucket bucket =
                shop.buckets()
                        .find(task.account(), task.region(), work.bucket())
                        .orElseThrow(() ->
                                new RefusedException(new Refusal.UnknownBucket(work.bucket())));
        claimed.total(contentBytes(image) * DiskExport.readings(work.format()));
        for (Disk disk : image.disks()) {
            DiskExport file = new DiskExport(shop, region, disk, work.format(), claimed.lease());
            export(file, bucket, ImageExports.object(task, work, disk.number()), claimed.lease());
        }
    }

    /// A worker that lost its claim while it hung may still begin the object afresh, and so throw ours
    /// away. It learns soon that it is late, and we start over.
    private static void export(DiskExport file, Bucket bucket, ObjectKey key, Lease lease)
            throws Exception {
        long length = file.length();
        long before = lease.done();
        for (int tries = 1; ; tries++) {
            try {
                write(file, bucket.create(key, length), lease);
                return;
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING || tries == MOST_TRIES) {
                    throw e;
                }
                lease.renew();
                lease.back(before);
            }
        }
    }

    private static void write(DiskExport file, Upload upload, Lease lease) throws Exception {
        boolean whole = false;
        try {
            file.write(upload);
            upload.settle(lease::renew);
            lease.renew();
            upload.close();
            whole = true;
        } finally {
            if (!whole) {
                upload.discard();
            }
        }
    }

    private long contentBytes(Image image) {
        return shop.catalog()
                .read(tables ->
                        image.disks().stream()
                                .flatMap(disk -> tables.parts().of(disk.snapshot()).stream())
                                .mapToLong(part -> part.part().contentBytes())
                                .sum());
    }
}
