package org.imageferry.copy;

import java.util.LinkedHashSet;
import java.util.Optional;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.records.Records;

/// Notes on snapshots what is known to be damaged of their parts, and makes images that are made of such
/// snapshots unavailable; takes both back when it is healed. So nobody begins with what can't be read.
final class DamageNotes {
    private static final int MOST_IMAGES = 1_000_000;
    private static final Records RECORDS = new Records();

    private DamageNotes() {}

    /// What is known of a part has changed.
    ///
    /// @param renewed whether it has another manifest, which the snapshots' records must tell
    static void part(Tables tables, Parts.Part part, boolean renewed) {
        new LinkedHashSet<>(tables.parts().having(part))
                .forEach(id -> snapshot(tables, id, renewed));
    }

    /// Of a snapshot that is not accomplished nothing is noted before it is.
    ///
    /// @param changed whether its record must be written anew in any case
    static void snapshot(Tables tables, SnapshotId id, boolean changed) {
        Optional<Snapshot> known = tables.snapshots().find(id).filter(Snapshot::accomplished);
        if (known.isEmpty()) {
            return;
        }
        Snapshot snapshot = known.get();
        Optional<String> damage = tables.damage().of(id);
        if (changed || !snapshot.damage().equals(damage)) {
            Snapshot noted = snapshot.withDamage(damage);
            tables.snapshots().update(noted);
            RECORDS.changed(tables, noted);
        }
        if (snapshot.damage().isPresent() != damage.isPresent()) {
            tables.images().madeOf(id, MOST_IMAGES).forEach(image -> image(tables, image));
        }
    }

    private static void image(Tables tables, Image image) {
        ImageState next = image.state(isDamaged(tables, image));
        if (!next.equals(image.state())) {
            Image changed = image.with(next);
            tables.images().update(changed);
            RECORDS.changed(tables, changed);
        }
    }

    static boolean isDamaged(Tables tables, Image image) {
        return image.disks().stream()
                .map(Disk::snapshot)
                .flatMap(id -> tables.snapshots().find(id).stream())
                .anyMatch(snapshot -> snapshot.damage().isPresent());
    }
}
