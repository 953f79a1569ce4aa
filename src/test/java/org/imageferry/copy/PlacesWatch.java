package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.StoreException;

/// Watches that each block of each part can be found: the part needs the segment at the place that its
/// manifest names, and the place is not known to be bad, or the part needs the segment that the index
/// leads to. What a part needs is live: see [BytesWatch]. Parts that ail have a healer who sees to that.
final class PlacesWatch {
    private final Durable durable;
    private final Known known;
    private final Rot rot;

    /// Manifests never change.
    private final Map<ObjectId, ManifestOutline> outlines = new HashMap<>();

    private boolean touched;
    private boolean displaced;

    PlacesWatch(Durable durable, Known known, Rot rot) {
        this.durable = durable;
        this.known = known;
        this.rot = rot;
    }

    /// Something was called by which blocks may have moved.
    void touched() {
        touched = true;
    }

    /// Whether blocks were ever seen elsewhere than where a manifest says.
    boolean displaced() {
        return displaced;
    }

    void lookIfTouched(Tables tables) {
        if (touched) {
            touched = false;
            look(tables);
        }
    }

    void look(Tables tables) {
        Set<Parts.Part> seen = new HashSet<>();
        for (Known.KnownSnapshot snapshot : known.snapshots()) {
            for (Parts.Numbered numbered : tables.parts().of(snapshot.id())) {
                Parts.Part part = numbered.part();
                if (seen.add(part) && !tables.damage().ails(part.scope(), part.digest())) {
                    outline(part).ifPresent(outline -> require(tables, part, outline));
                }
            }
        }
    }

    private void require(Tables tables, Parts.Part part, ManifestOutline outline) {
        Set<ObjectId> needs = Set.copyOf(tables.parts().needs(part));
        Damage.Places bad = tables.damage().among(part.scope().region(), needs);
        List<Digest> elsewhere = new ArrayList<>();
        for (int i = 0; i < outline.names().size(); i++) {
            BlockLocation place = outline.places().get(i);
            boolean moved = !needs.contains(place.segment());
            displaced |= moved;
            if (moved || bad.has(place)) {
                elsewhere.add(outline.names().get(i));
            }
        }
        if (!elsewhere.isEmpty()) {
            Map<Digest, BlockLocation> indexed = tables.index().find(part.scope(), elsewhere);
            for (Digest name : elsewhere) {
                BlockLocation place = indexed.get(name);
                Rules.PLACES.require(
                        place != null && needs.contains(place.segment()),
                        "block %s of %s is at %s, which the part does not need"
                                .formatted(name, part, place));
            }
        }
    }

    /// Nothing if it has rotted, and nobody may have noticed yet.
    private Optional<ManifestOutline> outline(Parts.Part part) {
        ManifestOutline known = outlines.get(part.manifest());
        if (known != null) {
            return Optional.of(known);
        }
        try {
            ManifestOutline read =
                    ManifestOutline.read(
                            Manifests.bytes(durable.store(part.scope().region()), part.manifest()),
                            part.scope(),
                            part.manifest());
            outlines.put(part.manifest(), read);
            return Optional.of(read);
        } catch (StoreException | DamagedException e) {
            Rules.LIVE.require(rot.happened(), "the manifest of " + part + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
