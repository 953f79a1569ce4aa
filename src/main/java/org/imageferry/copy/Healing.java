package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.kms.KmsException;
import org.imageferry.store.StoreException;

/// One look at one part.
///
/// Its manifest stays as it is as long as it can be read: a place in it that is known to be bad sends
/// readers to the index, and so does one that the part does not need any more, because its block was moved.
/// So it is healed when the index leads to a good place for each such block, and the part needs the
/// segments there. Both are settled in one transaction, and for all
/// other ailing parts that need the same bad objects too: whichever of them is deleted first, what was
/// brought stays for the others.
final class Healing implements AutoCloseable {
    private final Workshop shop;
    private final Region region;
    private final Parts.Part part;
    private final Scope scope;
    private final DamageReports reports;
    private final Patient patient;
    private final Optional<Seal> seal;
    private final BlockProbe probe;

    Healing(Workshop shop, Region region, Parts.Part part) {
        this.shop = shop;
        this.region = region;
        this.part = part;
        this.scope = part.scope();
        this.reports = DamageReports.of(shop);
        this.patient = new Patient(shop, region, part, new Donors(shop, region, scope));
        this.seal = seal(shop, scope);
        this.probe = new BlockProbe(region.store(), scope, seal, shop.footers());
    }

    private static Optional<Seal> seal(Workshop shop, Scope scope) {
        try {
            return Optional.of(shop.seals().of(scope));
        } catch (KmsException e) {
            return Optional.empty(); // checksums must do
        }
    }

    /// @return what can't be read of the part; nothing if all of it can
    Optional<String> run() throws StoreException {
        lookForLost();
        Optional<Map<Digest, Set<BlockLocation>>> listed = listed();
        if (listed.isEmpty()) {
            return new ManifestRemake(patient).run();
        }
        lookAtPlaces(listed.get());
        return patient.rounds(() -> {
            Set<Digest> missing = patient.read(tables -> missing(tables, listed.get()));
            return patient.give(missing, (tables, gift) -> settle(tables, listed.get(), gift));
        });
    }

    /// What was lost may be there again: a disk that was mounted, a file that was put back.
    private void lookForLost() throws StoreException {
        List<StoredObject> lost =
                patient.read(tables -> {
                    List<ObjectId> needs = tables.parts().needs(part);
                    return tables.damage().among(region.id(), needs).objects().stream()
                            .flatMap(id -> tables.objects().find(id).stream())
                            .filter(it -> it.kind() == StoredObjects.Kind.SEGMENT)
                            .toList();
                });
        for (StoredObject object : lost) {
            Examination found = Examination.of(region.store(), object);
            if (found.lost().isEmpty()) {
                found.report(reports); // first, or the index would lead to what is bad
                back(object.id());
            }
        }
    }

    private void back(ObjectId object) {
        shop.catalog()
                .write(tables -> {
                    tables.damage().back(object);
                    return object;
                });
    }

    /// The part's blocks and the places where its manifest says they are; nothing if that is no use.
    private Optional<Map<Digest, Set<BlockLocation>>> listed() throws StoreException {
        boolean known = patient.read(this::isManifestLost);
        try {
            ByteBuffer bytes = Manifests.bytes(region.store(), part.manifest());
            ManifestOutline outline = ManifestOutline.read(bytes, scope, part.manifest());
            if (seal.isPresent()) {
                Manifest.decode(bytes, seal.get(), part.digest());
            }
            if (known && seal.isEmpty()) {
                return Optional.empty(); // with its key, more was found wrong than can be seen now
            }
            if (known) {
                back(part.manifest());
            }
            return Optional.of(places(outline));
        } catch (DamagedException e) {
            reports.lost(part.manifest(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            if (!DamageReports.isDamage(e)) {
                throw e;
            }
            reports.lost(part.manifest(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private boolean isManifestLost(Tables tables) {
        ObjectId manifest = part.manifest();
        return tables.damage().among(region.id(), List.of(manifest)).objects().contains(manifest);
    }

    private static Map<Digest, Set<BlockLocation>> places(ManifestOutline outline) {
        Map<Digest, Set<BlockLocation>> places = new LinkedHashMap<>();
        for (int i = 0; i < outline.names().size(); i++) {
            places.computeIfAbsent(outline.names().get(i), _ -> new HashSet<>(2))
                    .add(outline.places().get(i));
        }
        return places;
    }

    /// Blocks of the part that can't be read where its manifest says: they are bad there, or have been moved.
    private Map<Digest, Set<BlockLocation>> misplaced(
            Tables tables, Map<Digest, Set<BlockLocation>> listed) {
        Set<ObjectId> needs = Set.copyOf(tables.parts().needs(part));
        Damage.Places bad = tables.damage().among(region.id(), needs);
        Map<Digest, Set<BlockLocation>> misplaced = new LinkedHashMap<>();
        listed.forEach((name, places) -> {
            if (places.stream().anyMatch(at -> !needs.contains(at.segment()) || bad.has(at))) {
                misplaced.put(name, places);
            }
        });
        return misplaced;
    }

    private Set<Digest> missing(Tables tables, Map<Digest, Set<BlockLocation>> listed) {
        Set<Digest> missing = new HashSet<>(misplaced(tables, listed).keySet());
        missing.removeAll(tables.index().find(scope, missing).keySet());
        return missing;
    }

    /// What was bad may be right again, and what the index knows instead must be.
    private void lookAtPlaces(Map<Digest, Set<BlockLocation>> listed) throws StoreException {
        Set<ObjectId> needs = Set.copyOf(patient.read(tables -> tables.parts().needs(part)));
        Map<Digest, Set<BlockLocation>> bad = patient.read(tables -> misplaced(tables, listed));
        bad.values().removeIf(at -> at.stream().noneMatch(it -> needs.contains(it.segment())));
        Map<Digest, BlockLocation> indexed =
                patient.read(tables -> tables.index().find(scope, bad.keySet()));
        for (Map.Entry<Digest, Set<BlockLocation>> block : bad.entrySet()) {
            Digest name = block.getKey();
            if (probe.decodes()) {
                for (BlockLocation place : block.getValue()) {
                    lookAgain(name, place);
                }
            }
            if (indexed.containsKey(name)) {
                isRight(name, Objects.requireNonNull(indexed.get(name)));
            }
        }
        lookInSegments(needs, patient.read(tables -> missing(tables, listed)));
    }

    /// Where a block was moved to no manifest tells, but the segments that the part needs do: one of them
    /// may have it, and be right again.
    private void lookInSegments(Set<ObjectId> needs, Set<Digest> missing) throws StoreException {
        if (missing.isEmpty() || !probe.decodes()) {
            return;
        }
        for (ObjectId segment : needs) {
            if (!segment.equals(part.manifest())) {
                for (Map.Entry<BlockLocation, Digest> block : blocks(segment, missing)) {
                    lookAgain(block.getValue(), block.getKey());
                }
            }
        }
    }

    /// Those of these blocks that a segment says it has.
    private List<Map.Entry<BlockLocation, Digest>> blocks(ObjectId segment, Set<Digest> names)
            throws StoreException {
        List<Map.Entry<BlockLocation, Digest>> found = new ArrayList<>();
        try {
            SegmentFooter footer = shop.footers().get(region.store(), segment);
            for (int ordinal = 0; ordinal < footer.size(); ordinal++) {
                Digest name = footer.entry(ordinal).name();
                if (names.contains(name)) {
                    found.add(Map.entry(new BlockLocation(segment, ordinal), name));
                }
            }
        } catch (DamagedException e) {
            reports.lost(segment, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            if (!DamageReports.isDamage(e)) {
                throw e;
            }
            reports.lost(segment, String.valueOf(e.getMessage()));
        }
        return found;
    }

    private void lookAgain(Digest name, BlockLocation place) throws StoreException {
        if (isRight(name, place)) {
            shop.catalog()
                    .write(tables -> {
                        tables.damage().right(place.segment(), Map.of(place.ordinal(), name));
                        return place;
                    });
        }
    }

    private boolean isRight(Digest name, BlockLocation place) throws StoreException {
        try {
            probe.read(name, place);
            return true;
        } catch (DamagedException e) {
            reports.bad(
                    place.segment(), Map.of(place.ordinal(), name), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            if (!DamageReports.isDamage(e)) {
                throw e;
            }
            reports.lost(place.segment(), String.valueOf(e.getMessage()));
        }
        return false;
    }

    /// Enters what was brought, has everybody concerned need it, and says how the part stands.
    private Patient.Settled settle(
            Tables tables, Map<Digest, Set<BlockLocation>> listed, Optional<Donors.Gift> gift) {
        if (!patient.isThere(tables)
                || isManifestLost(tables)) { // since it was read: then it ails on
            return new Patient.Settled.Gone();
        }
        if (gift.isPresent() && !patient.enter(tables, gift.get())) {
            return new Patient.Settled.Again();
        }
        Set<Digest> misplaced = misplaced(tables, listed).keySet();
        Map<Digest, BlockLocation> found = tables.index().find(scope, misplaced);
        patient.have(tables, Patient.segments(found.values()));
        if (found.keySet().containsAll(misplaced)) {
            tables.damage().whole(part);
            DamageNotes.part(tables, part, false);
            return new Patient.Settled.Whole();
        }
        if (gift.isPresent()) {
            return new Patient.Settled.Again();
        }
        List<Digest> missing = misplaced.stream().filter(it -> !found.containsKey(it)).toList();
        return patient.incurable(
                tables,
                missing.size()
                        + " of its blocks can't be read, the first is "
                        + missing.getFirst());
    }

    @Override
    public void close() {
        probe.close();
    }
}
