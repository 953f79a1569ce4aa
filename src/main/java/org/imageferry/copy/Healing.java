package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
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
import org.imageferry.blocks.StoreLayout;
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
/// readers to the index. So it is healed when the index leads to a good place for each block that lies
/// at a bad one, and the part needs the segments there. Both are settled in one transaction, and for all
/// other ailing parts that need the same bad objects too: whichever of them is deleted first, what was
/// brought stays for the others.
final class Healing implements AutoCloseable {
    /// A part of a lost store comes back a segment at a time.
    private static final int MOST_ROUNDS = 1_000;

    private final Workshop shop;
    private final Region region;
    private final Parts.Part part;
    private final Scope scope;
    private final DamageReports reports;
    private final Donors donors;
    private final Optional<Seal> seal;
    private final BlockProbe probe;

    Healing(Workshop shop, Region region, Parts.Part part) {
        this.shop = shop;
        this.region = region;
        this.part = part;
        this.scope = part.scope();
        this.reports = DamageReports.of(shop);
        this.donors = new Donors(shop, region, scope);
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

    /// How a transaction left the part.
    private sealed interface Settled {
        record Whole() implements Settled {}

        /// Somebody else has changed or deleted it.
        record Gone() implements Settled {}

        /// Something was gained, or lost meanwhile: look again.
        record Again() implements Settled {}

        record Incurable(String damage) implements Settled {}
    }

    /// @return what can't be read of the part; nothing if all of it can
    Optional<String> run() throws StoreException {
        lookForLost();
        Optional<Map<Digest, Set<BlockLocation>>> listed = listed();
        if (listed.isEmpty()) {
            return remake();
        }
        lookAtPlaces(listed.get());
        return rounds(() -> {
            Set<Digest> missing = read(tables -> missing(tables, listed.get()));
            return give(missing, (tables, gift) -> settle(tables, listed.get(), gift));
        });
    }

    private <T> T read(java.util.function.Function<Tables, T> look) {
        return shop.catalog().read(look);
    }

    private interface Round {
        Settled go() throws StoreException;
    }

    private Optional<String> rounds(Round round) throws StoreException {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            switch (round.go()) {
                case Settled.Whole _, Settled.Gone _ -> {
                    return Optional.empty();
                }
                case Settled.Incurable(String damage) -> {
                    return Optional.of(damage);
                }
                case Settled.Again _ -> {}
            }
        }
        throw new IllegalStateException("part " + part.digest() + " is never settled");
    }

    private interface Settlement {
        Settled in(Tables tables, Optional<Donors.Gift> gift);
    }

    /// Brings some of what is missing, and settles what became of the part.
    private Settled give(Set<Digest> missing, Settlement settlement) {
        Optional<Donors.Gift> gift = Optional.empty();
        try {
            gift = missing.isEmpty() ? gift : donors.bring(missing);
        } catch (StoreException e) {
            donors.unasked().add(region.id() + ": " + e.getMessage());
        }
        Optional<Donors.Gift> given = gift;
        return shop.catalog().write(tables -> settlement.in(tables, given));
    }

    /// What was lost may be there again: a disk that was mounted, a file that was put back.
    private void lookForLost() throws StoreException {
        List<StoredObject> lost =
                read(tables -> {
                    List<ObjectId> needs = tables.parts().needs(part);
                    return tables.damage().among(region.id(), needs).objects().stream()
                            .flatMap(id -> tables.objects().find(id).stream())
                            .filter(it -> it.kind() == StoredObjects.Kind.SEGMENT)
                            .toList();
                });
        for (StoredObject object : lost) {
            Examination found = Examination.of(region.store(), object);
            if (found.lost().isEmpty()) {
                back(object.id());
                found.report(reports);
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
        boolean known =
                read(tables -> tables.damage().among(region.id(), List.of(part.manifest())))
                        .objects()
                        .contains(part.manifest());
        try {
            ByteBuffer bytes = Manifests.bytes(region.store(), part.manifest());
            ManifestOutline outline = ManifestOutline.read(bytes, scope, part.manifest());
            if (seal.isPresent()) {
                Manifest.decode(bytes, seal.get(), part.digest());
            }
            if (known && seal.isEmpty()) {
                return Optional.empty(); // with its key, more was found wrong than can be seen now
            }
            back(part.manifest());
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

    private static Map<Digest, Set<BlockLocation>> places(ManifestOutline outline) {
        Map<Digest, Set<BlockLocation>> places = new LinkedHashMap<>();
        for (int i = 0; i < outline.names().size(); i++) {
            places.computeIfAbsent(outline.names().get(i), _ -> new HashSet<>(2))
                    .add(outline.places().get(i));
        }
        return places;
    }

    /// Blocks of the part that can't be read where its manifest says.
    private Map<Digest, Set<BlockLocation>> misplaced(
            Tables tables, Map<Digest, Set<BlockLocation>> listed) {
        Damage.Places bad = tables.damage().among(region.id(), tables.parts().needs(part));
        Map<Digest, Set<BlockLocation>> misplaced = new LinkedHashMap<>();
        if (!bad.none()) {
            listed.forEach((name, places) -> {
                if (places.stream().anyMatch(bad::has)) {
                    misplaced.put(name, places);
                }
            });
        }
        return misplaced;
    }

    private Set<Digest> missing(Tables tables, Map<Digest, Set<BlockLocation>> listed) {
        Set<Digest> missing = new HashSet<>(misplaced(tables, listed).keySet());
        missing.removeAll(tables.index().find(scope, missing).keySet());
        return missing;
    }

    /// What was bad may be right again, and what the index knows instead must be.
    private void lookAtPlaces(Map<Digest, Set<BlockLocation>> listed) throws StoreException {
        Map<Digest, Set<BlockLocation>> misplaced = read(tables -> misplaced(tables, listed));
        Map<Digest, BlockLocation> indexed =
                read(tables -> tables.index().find(scope, misplaced.keySet()));
        for (Map.Entry<Digest, Set<BlockLocation>> block : misplaced.entrySet()) {
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
    private Settled settle(
            Tables tables, Map<Digest, Set<BlockLocation>> listed, Optional<Donors.Gift> gift) {
        if (!isThere(tables)) {
            return new Settled.Gone();
        }
        if (gift.isPresent() && !enter(tables, gift.get())) {
            return new Settled.Again();
        }
        Set<Digest> misplaced = misplaced(tables, listed).keySet();
        Map<Digest, BlockLocation> found = tables.index().find(scope, misplaced);
        have(tables, segments(found.values()));
        if (found.keySet().containsAll(misplaced)) {
            tables.damage().whole(part);
            DamageNotes.part(tables, part, false);
            return new Settled.Whole();
        }
        if (gift.isPresent()) {
            return new Settled.Again();
        }
        List<Digest> missing = misplaced.stream().filter(it -> !found.containsKey(it)).toList();
        return incurable(
                tables,
                missing.size()
                        + " of its blocks can't be read, the first is "
                        + missing.getFirst());
    }

    private boolean isThere(Tables tables) {
        return tables.parts().any(scope, part.digest()).filter(part::equals).isPresent();
    }

    /// @return false if the collector came first
    private boolean enter(Tables tables, Donors.Gift gift) {
        if (!tables.objects().written(gift.segment(), gift.bytes())) {
            return false;
        }
        tables.index().add(scope, gift.segment(), gift.names());
        return true;
    }

    /// The part, and all that ail of the same, need these segments from now on.
    private void have(Tables tables, Set<ObjectId> segments) {
        Damage.Places bad = tables.damage().among(region.id(), tables.parts().needs(part));
        Set<ObjectId> objects = new HashSet<>(bad.objects());
        bad.blocks().forEach(block -> objects.add(block.segment()));
        if (!tables.damage().needToo(objects, segments)) {
            throw new IllegalStateException("the index leads to what is not live: " + segments);
        }
    }

    private static Set<ObjectId> segments(Collection<BlockLocation> places) {
        Set<ObjectId> segments = new HashSet<>();
        places.forEach(place -> segments.add(place.segment()));
        return segments;
    }

    private Settled incurable(Tables tables, String what) {
        String why =
                scope.key().isPresent()
                        ? "; it is encrypted, so only a copy under the same key can bring it again"
                        : donors.unasked().isEmpty()
                                ? "; no other region has it"
                                : "; not asked: " + String.join(", ", donors.unasked());
        String damage = "part " + part.digest() + ": " + what + why;
        tables.damage().incurable(part, damage, tables.now().plus(Healer.AGAIN));
        DamageNotes.part(tables, part, false);
        return new Settled.Incurable(what + why);
    }

    /// Makes the manifest anew from an equal part's elsewhere: that tells what the part consists of, the
    /// index tells where it lies here.
    private Optional<String> remake() throws StoreException {
        Optional<Manifest> equal = donors.manifest(part.digest());
        if (equal.isEmpty()) {
            return rounds(() ->
                    shop.catalog()
                            .write(tables ->
                                    isThere(tables)
                                            ? incurable(
                                                    tables,
                                                    "its manifest "
                                                            + part.manifest()
                                                            + " can't be read")
                                            : new Settled.Gone()));
        }
        Set<Digest> names = new HashSet<>();
        equal.get().entries().forEach(entry -> names.add(entry.content()));
        return rounds(() -> {
            Map<Digest, BlockLocation> found = read(tables -> tables.index().find(scope, names));
            Set<Digest> missing = new HashSet<>(names);
            missing.removeAll(found.keySet());
            return missing.isEmpty()
                    ? renew(equal.get(), found)
                    : give(missing, (tables, gift) -> gather(tables, missing, gift));
        });
    }

    private Settled gather(Tables tables, Set<Digest> missing, Optional<Donors.Gift> gift) {
        if (!isThere(tables)) {
            return new Settled.Gone();
        }
        if (gift.isEmpty()) {
            return incurable(
                    tables,
                    "its manifest was lost, and " + missing.size() + " of its blocks with it");
        }
        if (enter(tables, gift.get())) {
            have(tables, segments(tables.index().find(scope, gift.get().names()).values()));
        }
        return new Settled.Again();
    }

    private Settled renew(Manifest equal, Map<Digest, BlockLocation> found) throws StoreException {
        List<Manifest.Entry> entries = new ArrayList<>(equal.size());
        for (Manifest.Entry entry : equal.entries()) {
            BlockLocation place = Objects.requireNonNull(found.get(entry.content()));
            entries.add(new Manifest.Entry(entry.page(), entry.length(), entry.content(), place));
        }
        Seal none = new Seal.None(scope);
        Manifest manifest = new Manifest(entries, none);
        ObjectId id = shop.ids().object();
        donors.reserve(StoredObjects.Kind.MANIFEST, id);
        ByteBuffer bytes = manifest.encode(none, shop.seals().salts());
        region.store().write(StoreLayout.manifest(id), bytes);
        return shop.catalog().write(tables -> renew(tables, id, bytes.remaining(), found));
    }

    private Settled renew(
            Tables tables, ObjectId manifest, long bytes, Map<Digest, BlockLocation> found) {
        if (!isThere(tables)) {
            return new Settled.Gone();
        }
        boolean same = tables.index().find(scope, found.keySet()).equals(found);
        if (!same || !tables.objects().written(manifest, bytes)) {
            return new Settled.Again();
        }
        Optional<Parts.Part> renewed =
                tables.parts().renew(part, manifest, segments(found.values()));
        renewed.ifPresent(it -> DamageNotes.part(tables, it, true));
        return renewed.isPresent() ? new Settled.Whole() : new Settled.Again();
    }

    @Override
    public void close() {
        probe.close();
    }
}
