package org.imageferry.copy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.store.ObjectName;

/// Watches liveness: while a snapshot has a part, all of the part is live in the catalog and there in
/// the store; and what a worker makes under a claim it holds is nobody's garbage.
final class BytesWatch {
    private final Durable durable;
    private final Known known;
    private final Rot rot;
    private final Map<ObjectId, Long> reserved = new LinkedHashMap<>();
    private boolean touched;

    BytesWatch(Durable durable, Known known, Rot rot) {
        this.durable = durable;
        this.known = known;
        this.rot = rot;
    }

    /// A worker notes what it is about to write.
    void reserved(long claim, ObjectId id) {
        reserved.put(id, claim);
    }

    /// Something was called by which liveness may have changed.
    void touched() {
        touched = true;
    }

    void lookIfTouched(Tables tables) {
        if (touched) {
            touched = false;
            lookAtHeld(tables);
            look(tables);
        }
    }

    void look(Tables tables) {
        Set<Parts.Part> seen = new HashSet<>();
        Map<RegionId, Set<ObjectName>> stored = new HashMap<>();
        for (Known.KnownSnapshot snapshot : known.snapshots()) {
            for (Parts.Numbered numbered : tables.parts().of(snapshot.id())) {
                if (seen.add(numbered.part())) {
                    requireThere(tables, numbered.part(), stored);
                }
            }
        }
    }

    private void requireThere(
            Tables tables, Parts.Part part, Map<RegionId, Set<ObjectName>> stored) {
        Set<ObjectName> names =
                stored.computeIfAbsent(
                        part.scope().region(), region -> durable.store(region).objects());
        List<ObjectId> needs = tables.parts().needs(part);
        Rules.LIVE.require(needs.contains(part.manifest()), () -> "no manifest of " + part);
        for (ObjectId need : needs) {
            Optional<StoredObjects.StoredObject> object = tables.objects().find(need);
            Rules.LIVE.require(
                    object.isPresent() && object.get().state() == StoredObjects.State.LIVE,
                    () -> need + ", needed by " + part + ", is " + object);
            ObjectName name = Verifier.nameOf(object.get());
            Rules.LIVE.require(
                    names.contains(name) || rot.lost(name),
                    () -> object + ", needed by " + part + ", is not in the store");
        }
    }

    private void lookAtHeld(Tables tables) {
        Map<Long, Boolean> held = new HashMap<>();
        reserved.values().removeIf(claim -> !held.computeIfAbsent(claim, tables.claims()::holds));
        for (ObjectId id : reserved.keySet()) {
            boolean garbage =
                    tables.objects()
                            .find(id)
                            .filter(object -> object.state() != StoredObjects.State.CONDEMNED)
                            .isEmpty();
            Rules.HELD.require(!garbage, () -> id + " is condemned while it is being made");
        }
    }
}
