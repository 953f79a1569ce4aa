package org.imageferry.copy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imageferry.blocks.DamagedException;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.store.StoreException;

/// Looks at what a task has left, in the very step in which it ended.
final class EndWatch {
    /// What the engine says of what has rotted.
    private static final String ROTTEN = "(?s).*(is damaged|was damaged|there is no object).*";

    private final Durable durable;
    private final Known known;
    private final ContentReader reader;
    private final Rot rot;

    EndWatch(Durable durable, Known known, ContentReader reader, Rot rot) {
        this.durable = durable;
        this.known = known;
        this.reader = reader;
        this.rot = rot;
    }

    void ended(Task task) throws StoreException, DamagedException {
        switch (task.state()) {
            case TaskState.Done _ -> done(task);
            case TaskState.Failed failed -> failed(task, failed.reason());
            case TaskState.Cancelled _ -> cancelled(task);
            case TaskState.Open _ -> throw new IllegalStateException("not ended: " + task);
        }
    }

    private void done(Task task) throws StoreException, DamagedException {
        if (bringsImage(task)) {
            Image image = image(task).orElseThrow(() -> Rules.P1.broken("no image of " + task));
            Rules.P1.require(
                    rot.happened() ? image.whole() : image.available(),
                    () -> "done, but not available: " + image);
            Rules.P1.require(
                    image.disks().stream()
                            .map(disk -> disk.snapshot())
                            .toList()
                            .equals(imageOf(task).snapshots()),
                    () -> "other disks than before: " + image);
        }
        for (SnapshotId snapshot : known.brought(task)) {
            if (rot.happened()) {
                requireNoOtherContent(snapshot);
            } else {
                requireContent(snapshot);
            }
        }
        if (task.work() instanceof Work.ExportImage export) {
            exported(task, export);
        }
    }

    private Known.KnownImage imageOf(Task task) {
        return known.image(task.itsImage()).orElseThrow();
    }

    /// The snapshot can be read, and is what it must be.
    void requireContent(SnapshotId id) throws StoreException, DamagedException {
        Snapshot snapshot =
                durable.catalog()
                        .read((Tables tables) -> tables.snapshots().find(id))
                        .orElseThrow(() -> Rules.P1.broken("no snapshot " + id));
        Rules.P1.require(snapshot.accomplished(), () -> "not accomplished: " + snapshot);
        byte[] expected = known.content(id);
        Rules.P1.require(
                Arrays.equals(expected, reader.read(snapshot)), () -> "other bytes in " + snapshot);
    }

    /// It may have rotted meanwhile; but what can be read is right.
    private void requireNoOtherContent(SnapshotId id) throws StoreException {
        try {
            requireContent(id);
        } catch (DamagedException e) {
            // to be found, healed or made known
        } catch (StoreException e) {
            if (!DamageReports.isDamage(e)) {
                throw e;
            }
        }
    }

    /// All is quiet, and was looked at: what is said to be sound is, and what is said to be damaged
    /// can't be read.
    void requireSoundOrDamaged(SnapshotId id) {
        Snapshot snapshot =
                durable.catalog()
                        .read((Tables tables) -> tables.snapshots().find(id))
                        .orElseThrow();
        boolean sound = snapshot.damage().isEmpty();
        try {
            requireContent(id);
            Rules.P1.require(sound, "it can be read, and is said to be damaged: " + snapshot);
        } catch (DamagedException e) {
            Rules.P1.require(!sound, "it can't be read, and is said to be sound: " + e);
        } catch (StoreException e) {
            Rules.P1.require(!sound, "it can't be read, and is said to be sound: " + e);
        }
    }

    /// An image is unavailable if, and only if, a snapshot of it is damaged.
    boolean requireStates(Tables tables) {
        for (Known.KnownImage known : known.images()) {
            tables.images()
                    .find(known.id())
                    .filter(Image::whole)
                    .ifPresent(image ->
                            Rules.P1.require(
                                    image.state()
                                            .equals(
                                                    image.state(
                                                            DamageNotes.isDamaged(tables, image))),
                                    "the state does not tell of the damage: " + image));
        }
        return true;
    }

    private void exported(Task task, Work.ExportImage export) throws StoreException {
        var bucket =
                durable.buckets()
                        .find(task.account(), task.region(), export.bucket())
                        .orElseThrow();
        List<byte[]> disks = imageOf(task).disks();
        for (int i = 0; i < disks.size(); i++) {
            var key = ImageExports.object(task, export, i);
            try (var object =
                    bucket.open(key).orElseThrow(() -> Rules.P1.broken("no object " + key))) {
                byte[] bytes = ExportedFile.disk(object, export.format());
                byte[] expected = Arrays.copyOf(disks.get(i), bytes.length);
                Rules.P1.require(Arrays.equals(expected, bytes), "other bytes: " + key);
            }
        }
    }

    private void failed(Task task, String reason) {
        Rules.ENDS.require(
                reason.contains(Accidents.MARK)
                        || reason.contains("no progress for")
                        || known.wasOverwritten(task.work())
                        || (rot.happened() && reason.matches(ROTTEN)),
                "failed without a reason of the world: " + task);
        if (bringsImage(task)) {
            Image image = image(task).orElseThrow(() -> Rules.P4.broken("no row of " + task));
            Rules.P4.require(
                    image.state() instanceof ImageState.CreateFailed && image.disks().isEmpty(),
                    "left by a failed task: " + image);
        }
        requireNoSnapshots(task);
    }

    private void cancelled(Task task) {
        if (bringsImage(task)) {
            known.gone(task.itsImage());
            Rules.P4.require(image(task).isEmpty(), "the image of cancelled " + task);
        }
        requireNoSnapshots(task);
    }

    private void requireNoSnapshots(Task task) {
        for (SnapshotId id : known.brought(task)) {
            known.gone(id);
            Rules.P4.require(
                    durable.catalog()
                            .read((Tables tables) -> tables.snapshots().find(id))
                            .isEmpty(),
                    "snapshot " + id + " was left by " + task);
        }
        Rules.P4.require(
                durable.catalog().read((Tables tables) -> tables.claims().allDone(task.id())),
                "parts are still on offer of " + task);
    }

    private Optional<Image> image(Task task) {
        return durable.catalog().read((Tables tables) -> tables.images().find(task.itsImage()));
    }

    private static boolean bringsImage(Task task) {
        return task.work() instanceof Work.CopyImage || task.work() instanceof Work.ImportImage;
    }
}
