package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;

/// What the world knows without asking the engine: which bytes each image and snapshot must have, and
/// what was asked to go. It learns of an image in the step in which it enters the catalog.
final class Known {
    /// @param disks the content of each
    record KnownImage(
            ImageId id,
            AccountId account,
            RegionId region,
            List<SnapshotId> snapshots,
            List<byte[]> disks) {}

    record KnownSnapshot(SnapshotId id, AccountId account, RegionId region) {}

    private record Place(AccountId account, RegionId region, ObjectKey key, String etag) {}

    private final Map<Place, byte[]> objects = new HashMap<>();
    private final Set<ObjectKey> overwritten = new HashSet<>();
    private final Map<ImageId, KnownImage> images = new LinkedHashMap<>();
    private final Map<SnapshotId, byte[]> contents = new HashMap<>();
    private final Map<SnapshotId, KnownSnapshot> snapshots = new LinkedHashMap<>();
    private final Set<ImageId> endangeredImages = new HashSet<>();
    private final Set<SnapshotId> endangeredSnapshots = new HashSet<>();
    private final Set<ImageId> goneImages = new HashSet<>();
    private final Set<SnapshotId> goneSnapshots = new HashSet<>();

    void object(AccountId account, RegionId region, ObjectKey key, String etag, byte[] disk) {
        objects.put(new Place(account, region, key, etag), disk);
    }

    void overwrites(ObjectKey key) {
        overwritten.add(key);
    }

    boolean wasOverwritten(Work work) {
        return work instanceof Work.ImportImage imported
                && imported.disks().stream().anyMatch(disk -> overwritten.contains(disk.object()));
    }

    /// Learns what a task that has just been accepted brings.
    void learn(Tables tables, Task task) {
        switch (task.work()) {
            case Work.CopyImage copy ->
                    learn(tables, task, image(copy.source()).orElseThrow().disks());
            case Work.CopySnapshot copy -> {
                Rules.P5.require(
                        tables.snapshots().find(copy.snapshot()).isPresent(),
                        "no snapshot of " + task);
                learn(task, copy.snapshot(), content(copy.source()));
            }
            case Work.ImportImage imported -> {
                List<byte[]> disks = new ArrayList<>();
                for (Work.ImportedDisk disk : imported.disks()) {
                    Place place =
                            new Place(task.account(), task.region(), disk.object(), disk.etag());
                    disks.add(Optional.ofNullable(objects.get(place)).orElseThrow());
                }
                learn(tables, task, disks);
            }
            case Work.ExportImage _, Work.VerifyImages _ -> {}
        }
    }

    private void learn(Tables tables, Task task, List<byte[]> disks) {
        Image image =
                tables.images()
                        .find(task.itsImage())
                        .orElseThrow(() -> Rules.P5.broken("no image of " + task));
        List<SnapshotId> ids = image.disks().stream().map(Disk::snapshot).toList();
        Rules.P1.require(ids.size() == disks.size(), "wrong number of disks: " + image);
        for (int i = 0; i < ids.size(); i++) {
            learn(task, ids.get(i), disks.get(i));
        }
        images.put(
                image.id(),
                new KnownImage(image.id(), image.account(), image.region(), ids, disks));
    }

    private void learn(Task task, SnapshotId id, byte[] content) {
        contents.put(id, content);
        snapshots.put(id, new KnownSnapshot(id, task.account(), task.region()));
    }

    /// The snapshots that the task brings.
    List<SnapshotId> brought(Task task) {
        return switch (task.work()) {
            case Work.CopyImage _, Work.ImportImage _ ->
                    image(task.itsImage()).orElseThrow().snapshots();
            case Work.CopySnapshot copy -> List.of(copy.snapshot());
            case Work.ExportImage _, Work.VerifyImages _ -> List.of();
        };
    }

    List<KnownImage> images() {
        return List.copyOf(images.values());
    }

    Optional<KnownImage> image(ImageId id) {
        return Optional.ofNullable(images.get(id));
    }

    /// Every snapshot there ever was.
    List<KnownSnapshot> snapshots() {
        return List.copyOf(snapshots.values());
    }

    byte[] content(SnapshotId id) {
        return Optional.ofNullable(contents.get(id)).orElseThrow();
    }

    /// Somebody asks for its end, so it may be gone from now on.
    void endangered(ImageId image) {
        endangeredImages.add(image);
    }

    /// It was refused.
    void safe(ImageId image) {
        if (!goneImages.contains(image)) {
            endangeredImages.remove(image);
        }
    }

    void safe(SnapshotId snapshot) {
        if (!goneSnapshots.contains(snapshot)) {
            endangeredSnapshots.remove(snapshot);
        }
    }

    void endangered(SnapshotId snapshot) {
        endangeredSnapshots.add(snapshot);
    }

    /// It is gone, and must stay so.
    void gone(ImageId image) {
        endangeredImages.add(image);
        goneImages.add(image);
    }

    void gone(SnapshotId snapshot) {
        endangeredSnapshots.add(snapshot);
        goneSnapshots.add(snapshot);
    }

    /// All that was acknowledged is there, and nothing that was taken away is back.
    void check(Tables tables) {
        for (ImageId id : images.keySet()) {
            boolean there = tables.images().find(id).isPresent();
            Rules.P5.require(there || endangeredImages.contains(id), () -> id + " is lost");
            Rules.P4.require(!there || !goneImages.contains(id), () -> id + " is back");
        }
        for (SnapshotId id : snapshots.keySet()) {
            boolean there = tables.snapshots().find(id).isPresent();
            Rules.P5.require(there || endangeredSnapshots.contains(id), () -> id + " is lost");
            Rules.P4.require(!there || !goneSnapshots.contains(id), () -> id + " is back");
        }
    }
}
