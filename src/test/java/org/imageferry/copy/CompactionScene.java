package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.ME;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Damage;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Images of whole files, so that what is shared and what is dead can be told in files.
record CompactionScene(EngineScene scene, Requests ask) {
    private static final int FILE_PAGES =
            (int) (Disks.PART_BYTES / PageCutter.PAGE_BYTES / 4); // four to a part
    static final int FILE_BYTES = (FILE_PAGES - 1) * PageCutter.PAGE_BYTES;

    /// A disk of files, each as large as the others, four to a part, and a hole after each.
    static byte[] disk(int... files) {
        byte[] disk = new byte[files.length * FILE_PAGES * PageCutter.PAGE_BYTES];
        for (int i = 0; i < files.length; i++) {
            byte[] file = new byte[FILE_BYTES];
            new SplittableRandom(files[i]).nextBytes(file);
            System.arraycopy(file, 0, disk, i * FILE_PAGES * PageCutter.PAGE_BYTES, FILE_BYTES);
        }
        return disk;
    }

    ImageId image(int... files) throws Exception {
        return ask.image(ME, A, disk(files));
    }

    ImageId copied(ImageId image, RegionId from, RegionId to) throws Exception {
        ImageId copy = ask.copy(ME, image, from, to);
        scene.work();
        return copy;
    }

    void delete(RegionId region, ImageId image) {
        List<SnapshotId> snapshots = scene.snapshots(image);
        ask.deletions().deleteImage(ask.me(), region, image);
        snapshots.forEach(snapshot -> ask.deletions().deleteSnapshot(ask.me(), snapshot));
    }

    List<ObjectName> segments(RegionId region) {
        return scene.objects(region, StoreLayout.SEGMENTS);
    }

    long segmentBytes(RegionId region) throws StoreException {
        long bytes = 0;
        for (ObjectName name : segments(region)) {
            bytes += scene.store(region).length(name);
        }
        return bytes;
    }

    Compaction.Dead dead(RegionId region) {
        return scene.see(tables -> tables.compaction().dead(region));
    }

    void assertHolds(ImageId image, int... files) throws Exception {
        assertThat(ask.content(image)).containsExactly(disk(files));
    }

    void assertVerified(RegionId region) throws Exception {
        TaskId id = ask.verifications().verify(ask.me(), region, Optional.empty());
        scene.work();
        assertThat(scene.task(id).state()).isInstanceOf(TaskState.Done.class);
    }

    Damage.Standing standing(RegionId region) {
        return scene.see(tables -> tables.damage().standing(region));
    }
}
