package org.imageferry.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Damage;
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
/// A part reads a block at the place that its manifest names as long as it needs the segment there, and the
/// place is not known to be bad; else where the index says. What can't be told, because something is
/// damaged, leaves the segments concerned as they are: to heal is another's work, who is told.
final class SegmentUses {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentUses.class);

    private final Catalog catalog;
    private final RegionStore store;
    private final Scope scope;
    private Needers needers;
    private final DamageReports reports;
    private final Map<ObjectId, SegmentUse> uses = new LinkedHashMap<>();

    private SegmentUses(Workshop shop, RegionStore store, Scope scope, Needers needers) {
        this.catalog = shop.catalog();
        this.store = store;
        this.scope = scope;
        this.needers = needers;
        this.reports = DamageReports.of(shop);
    }

    /// @throws StoreException if the store can't be asked
    static SegmentUses find(
            Workshop shop,
            Courtesy courtesy,
            RegionStore store,
            Scope scope,
            List<StoredObject> segments)
            throws StoreException {
        List<ObjectId> ids = segments.stream().map(StoredObject::id).toList();
        Needers needers = shop.catalog().read(tables -> Needers.of(tables, scope.region(), ids));
        SegmentUses uses = new SegmentUses(shop, store, scope, needers);
        uses.look(segments, courtesy);
        return uses;
    }

    private void look(List<StoredObject> segments, Courtesy courtesy) throws StoreException {
        for (StoredObject segment : segments) {
            open(segment);
            courtesy.giveWay();
        }
        leave(needers.crowded(), "more than " + Needers.MOST + " parts need it");
        for (Parts.Part part : needers.parts()) {
            if (needers.segmentsOf(part).stream().anyMatch(uses::containsKey)) {
                trace(part);
                courtesy.giveWay();
            }
        }
        for (SegmentUse use : uses.values()) {
            List<Digest> names = use.liveBlocks().stream().map(SegmentFooter.Entry::name).toList();
            use.indexed(catalog.read(tables -> tables.index().find(scope, names)));
        }
    }

    /// Of those segments of which all is known, in their order.
    List<SegmentUse> all() {
        return List.copyOf(uses.values());
    }

    /// As they were when the look began, with what has [#moved] since.
    Needers needers() {
        return needers;
    }

    /// What parts read in the old segments they find elsewhere now; what else was found out still holds.
    void moved(Collection<ObjectId> old, Moved moved) {
        needers = needers.with(moved.instead(), old, moved.bad());
    }

    /// What parts need instead of segments that they needed.
    ///
    /// @param bad among all that is needed instead
    record Moved(Map<Parts.Part, Set<ObjectId>> instead, Damage.Places bad) {}

    private void open(StoredObject segment) throws StoreException {
        try {
            SegmentFooter footer = SegmentFooter.read(store, segment.id());
            if (footer.scope().equals(scope)) {
                uses.put(segment.id(), new SegmentUse(segment, footer));
            } else {
                lost(segment.id(), List.of(segment.id()), "it is of " + footer.scope());
            }
        } catch (DamagedException e) {
            lost(segment.id(), List.of(segment.id()), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            lost(segment.id(), List.of(segment.id()), reasonOf(e));
        }
    }

    /// @throws StoreException if it is not about damage
    static String reasonOf(StoreException failure) throws StoreException {
        if (!DamageReports.isDamage(failure)) {
            throw failure;
        }
        return String.valueOf(failure.getMessage());
    }

    /// An object can't be read, so these segments are left.
    void lost(ObjectId object, Collection<ObjectId> segments, String reason) {
        reports.lost(object, reason);
        leave(segments, reason);
    }

    /// A block is not as it was written, so its segment is left.
    void bad(ObjectId segment, SegmentFooter.Entry block) {
        SegmentUse use = Objects.requireNonNull(uses.get(segment));
        String reason = "block " + block.name() + " has another checksum";
        reports.bad(segment, Map.of(use.ordinal(block), block.name()), reason);
        leave(List.of(segment), reason);
    }

    /// The segments stay as they are, and are looked at again when a part gives them up or is healed.
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
            boolean same = Needers.of(tables, scope.region(), alone).equals(needers.only(alone));
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
            if (needers.readsAt(part, place)) {
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
            lost(part.manifest(), needers.segmentsOf(part), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            lost(part.manifest(), needers.segmentsOf(part), reasonOf(e));
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
