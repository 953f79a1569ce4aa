package org.imageferry.copy;

import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.records.Records;

/// Takes requests to change what is said of a snapshot. Its bytes never change.
public final class SnapshotChanges {
    private final Changes changes;
    private final Records records = new Records();

    public SnapshotChanges(Changes changes) {
        this.changes = changes;
    }

    /// @throws RefusedException `UnknownSnapshot`, or `RetentionShortened`
    public void change(Caller caller, SnapshotId id, SnapshotChange change) {
        changes.make(
                caller,
                tables -> {
                    Snapshot snapshot = Owned.snapshot(tables, caller.account(), id);
                    SnapshotAttributes next = change.of(snapshot);
                    if (!next.equals(snapshot.attributes())) {
                        Snapshot changed = snapshot.with(next);
                        tables.snapshots().update(changed);
                        records.changed(tables, changed);
                    }
                    return id;
                });
    }
}
