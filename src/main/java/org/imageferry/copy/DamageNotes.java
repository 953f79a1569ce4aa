package org.imageferry.copy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.records.Records;

/// Notes on snapshots what a verification finds out about their bytes, as long as its claim is held.
/// What is noted there keeps new images and copies from being made of them.
final class DamageNotes {
    private static final Records RECORDS = new Records();

    private final Catalog catalog;
    private final Lease lease;

    DamageNotes(Catalog catalog, Lease lease) {
        this.catalog = catalog;
        this.lease = lease;
    }

    /// Notes the damage on all snapshots that have the part, verified or not.
    ///
    /// @return those; none if the part is gone, for it may have been read while it went
    List<SnapshotId> damaged(Parts.Part part, String damage) throws ClaimLostException {
        Optional<List<SnapshotId>> noted =
                catalog.write(tables -> {
                    if (!lease.renewIn(tables)) {
                        return Optional.empty();
                    }
                    List<SnapshotId> having = tables.parts().having(part);
                    having.forEach(id -> note(tables, id, Optional.of(damage)));
                    return Optional.of(having);
                });
        return noted.orElseThrow(() -> new ClaimLostException(lease.claim()));
    }

    /// Takes notes of damage off snapshots of which every block was read and is right.
    void sound(Collection<SnapshotId> ids) throws ClaimLostException {
        boolean held =
                catalog.write(tables -> {
                    if (!lease.renewIn(tables)) {
                        return false;
                    }
                    ids.forEach(id -> note(tables, id, Optional.empty()));
                    return true;
                });
        if (!held) {
            throw new ClaimLostException(lease.claim());
        }
    }

    private static void note(Tables tables, SnapshotId id, Optional<String> damage) {
        tables.snapshots()
                .find(id)
                .filter(Snapshot::accomplished)
                .filter(snapshot -> !snapshot.damage().equals(damage))
                .map(snapshot -> snapshot.withDamage(damage))
                .ifPresent(snapshot -> {
                    tables.snapshots().update(snapshot);
                    RECORDS.changed(tables, snapshot);
                });
    }
}
