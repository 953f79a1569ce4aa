package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.StoreException;

/// Watches that each block of each part can be found: the part needs the segment at the place that its
/// manifest names, or the segment that the index leads to. What a part needs is live: see [BytesWatch].
final class PlacesWatch {
    private final Durable durable;
    private final Known known;

    /// Manifests never change.
    private final Map<ObjectId, ManifestOutline> outlines = new HashMap<>();

    private boolean touched;
    private boolean displaced;

    PlacesWatch(Durable durable, Known known) {
        this.durable = durable;
        this.known = known;
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
                if (seen.add(numbered.part())) {
                    require(tables, numbered.part());
                }
            }
        }
    }

    private void require(Tables tables, Parts.Part part) {
        ManifestOutline outline =
                outlines.computeIfAbsent(part.manifest(), _ -> outline(part));
        Set<ObjectId> needs = Set.copyOf(tables.parts().needs(part));
        List<Digest> elsewhere = new ArrayList<>();
        for (int i = 0; i < outline.names().size(); i++) {
            if (!needs.contains(outline.places().get(i).segment())) {
                elsewhere.add(outline.names().get(i));
            }
        }
        if (!elsewhere.isEmpty()) {
            displaced = true;
            Map<Digest, BlockLocation> indexed =
                    tables.index().find(part.scope(), elsewhere);
            for (Digest name : elsewhere) {
                BlockLocation place = indexed.get(name);
                Rules.PLACES.require(
                        place != null && needs.contains(place.segment()),
                        "block %s of %s is at %s, which the part does not need"
                                .formatted(name, part, place));
            }
        }
    }

    private ManifestOutline outline(Parts.Part part) {
        try {
            return ManifestOutline.read(
                    Manifests.bytes(durable.store(part.scope().region()), part.manifest()),
                    part.scope(),
                    part.manifest());
        } catch (StoreException | DamagedException e) {
            throw Rules.LIVE.broken("the manifest of " + part + ": " + e.getMessage());
        }
    }
}
