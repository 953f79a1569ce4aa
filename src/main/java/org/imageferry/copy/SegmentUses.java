package org.imageferry.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what parts read in some segments of one scope: reads the manifest of each part that needs
/// any of them, once. No key is needed: names and places are readable without.
///
/// A part reads a block at the place that its manifest names as long as it needs the segment there; else
/// where the index says. What can't be told, because something is damaged, leaves the segments concerned
/// as they are: to heal is another's work.
final class SegmentUses {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentUses.class);

    private final Catalog catalog;
    private final RegionStore store;
    private final Scope scope;
    private final Needers needers;
    private final Map<ObjectId, SegmentUse> uses = new LinkedHashMap<>();

    private SegmentUses(Catalog catalog, RegionStore store, Scope scope, Needers needers) {
        this.catalog = catalog;
        this.store = store;
        this.scope = scope;
        this.needers = needers;
    }

    /// @throws StoreException if the store can't be asked
    static SegmentUses find(
            Catalog catalog, RegionStore store, Scope scope, List<StoredObject> segments)
            throws StoreException {
        List<ObjectId> ids = segments.stream().map(StoredObject::id).toList();
        Needers needers = catalog.read(tables -> Needers.of(tables, ids));
        SegmentUses uses = new SegmentUses(catalog, store, scope, needers);
        for (StoredObject segment : segments) {
            uses.open(segment);
        }
        for (Parts.Part part : needers.parts()) {
            uses.trace(part);
        }
        for (SegmentUse use : uses.uses.values()) {
            List<Digest> names =
                    use.liveBlocks().stream().map(SegmentFooter.Entry::name).toList();
            use.indexed(catalog.read(tables -> tables.index().find(scope, names)));
        }
        return uses;
    }

    /// Of those segments of which all is known, in their order.
    List<SegmentUse> all() {
        return List.copyOf(uses.values());
    }

    /// As they were when the look began.
    Needers needers() {
        return needers;
    }

    private void open(StoredObject segment) throws StoreException {
        try {
            SegmentFooter footer = SegmentFooter.read(store, segment.id());
            if (footer.scope().equals(scope)) {
                uses.put(segment.id(), new SegmentUse(segment, footer));
            } else {
                leave(List.of(segment.id()), "it is of " + footer.scope());
            }
        } catch (DamagedException e) {
            leave(List.of(segment.id()), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            leave(List.of(segment.id()), reasonOf(e));
        }
    }

    /// @throws StoreException if it is not about damage
    static String reasonOf(StoreException failure) throws StoreException {
        return switch (failure.kind()) {
            case MISSING, DAMAGED -> String.valueOf(failure.getMessage());
            default -> throw failure;
        };
    }

    /// The segments stay as they are, and are looked at again when another part gives them up.
    void leave(Collection<ObjectId> segments, String reason) {
        for (ObjectId segment : segments) {
            uses.remove(segment);
            examined(segment, 0);
            LOG.atWarn()
                    .addKeyValue("segment", segment)
                    .addKeyValue("region", scope.region())
                    .addKeyValue("reason", reason)
                    .log("a segment can't be compacted");
        }
    }

    /// Says so, unless something has changed since the look began: then the segment stays suspect.
    void examined(ObjectId segment, long deadBytes) {
        List<ObjectId> alone = List.of(segment);
        catalog.write(tables -> {
            boolean same = Needers.of(tables, alone).equals(needers.only(alone));
            if (same) {
                tables.compaction().examined(segment, deadBytes);
            }
            return same;
        });
    }

    private void trace(Parts.Part part) throws StoreException {
        Optional<ManifestOutline> outline = outline(part);
        if (outline.isEmpty()) {
            return;
        }
        List<Digest> names = outline.get().names();
        List<Digest> displaced = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            BlockLocation place = outline.get().places().get(i);
            if (needers.of(part).contains(place.segment())) {
                note(part, place, names.get(i));
            } else {
                displaced.add(names.get(i));
            }
        }
        if (!displaced.isEmpty()) {
            traceInIndex(part, displaced);
        }
    }

    private Optional<ManifestOutline> outline(Parts.Part part) throws StoreException {
        try {
            return Optional.of(
                    ManifestOutline.read(
                            Manifests.bytes(store, part.manifest()), scope, part.manifest()));
        } catch (DamagedException e) {
            leave(needers.segmentsOf(part), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            leave(needers.segmentsOf(part), reasonOf(e));
        }
        return Optional.empty();
    }

    private void traceInIndex(Parts.Part part, List<Digest> names) {
        Map<Digest, BlockLocation> indexed =
                catalog.read(tables -> tables.index().find(scope, names));
        for (Digest name : names) {
            BlockLocation place = indexed.get(name);
            if (place == null || !needers.of(part).contains(place.segment())) {
                leave(
                        needers.segmentsOf(part),
                        "part " + part.digest() + " needs no segment that has block " + name);
                return;
            }
            note(part, place, name);
        }
    }

    private void note(Parts.Part part, BlockLocation place, Digest name) {
        SegmentUse use = uses.get(place.segment());
        if (use != null && !use.read(part, place.ordinal(), name)) {
            leave(
                    List.of(place.segment()),
                    "block " + name + " is not its block " + place.ordinal());
        }
    }
}
