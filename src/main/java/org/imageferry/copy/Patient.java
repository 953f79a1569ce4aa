package org.imageferry.copy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;

/// A part that is being healed, and the transactions that decide about it. Each looks first whether the
/// part is still the one that was looked at.
///
/// @param region that the part is in
record Patient(Workshop shop, Region region, Parts.Part part, Donors donors) {
    /// A part of a lost store comes back a segment at a time.
    private static final int MOST_ROUNDS = 1_000;

    /// How a transaction left the part.
    sealed interface Settled {
        record Whole() implements Settled {}

        /// Somebody else has changed or deleted it, or found more that is wrong with it.
        record Gone() implements Settled {}

        /// Something was gained, or lost meanwhile: look again.
        record Again() implements Settled {}

        record Incurable(String damage) implements Settled {}
    }

    Scope scope() {
        return part.scope();
    }

    <T> T read(Function<Tables, T> look) {
        return shop.catalog().read(look);
    }

    interface Round {
        Settled go() throws StoreException;
    }

    /// Goes on until it is settled.
    ///
    /// @return what can't be read of the part; nothing if all of it can
    Optional<String> rounds(Round round) throws StoreException {
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

    interface Settlement {
        Settled in(Tables tables, Optional<Donors.Gift> gift);
    }

    /// Brings some of what is missing, and settles what became of the part.
    Settled give(Set<Digest> missing, Settlement settlement) {
        Optional<Donors.Gift> gift = Optional.empty();
        try {
            gift = missing.isEmpty() ? gift : donors.bring(missing);
        } catch (StoreException e) {
            donors.unasked().add(region.id() + ": " + e.getMessage());
        }
        Optional<Donors.Gift> given = gift;
        return shop.catalog().write(tables -> settlement.in(tables, given));
    }

    /// Whether nobody has changed or deleted it.
    boolean isThere(Tables tables) {
        return tables.parts().any(scope(), part.digest()).filter(part::equals).isPresent();
    }

    /// @return false if the collector came first
    boolean enter(Tables tables, Donors.Gift gift) {
        if (!tables.objects().written(gift.segment(), gift.bytes())) {
            return false;
        }
        tables.index().add(scope(), gift.segment(), gift.names());
        return true;
    }

    /// The part, and all that ail of the same, need these segments from now on.
    void have(Tables tables, Set<ObjectId> segments) {
        Damage.Places bad = tables.damage().among(region.id(), tables.parts().needs(part));
        Set<ObjectId> objects = new HashSet<>(bad.objects());
        bad.blocks().forEach(block -> objects.add(block.segment()));
        if (!tables.damage().needToo(objects, segments)) {
            throw new IllegalStateException("the index leads to what is not live: " + segments);
        }
        tables.compaction().needInstead(part, Set.of(), segments);
    }

    static Set<ObjectId> segments(Collection<BlockLocation> places) {
        Set<ObjectId> segments = new HashSet<>();
        places.forEach(place -> segments.add(place.segment()));
        return segments;
    }

    /// Notes that it can't be healed now, and why.
    Settled incurable(Tables tables, String what) {
        String why =
                scope().key().isPresent()
                        ? "; it is encrypted, so only a copy under the same key can bring it again"
                        : donors.unasked().isEmpty()
                                ? "; no other region has it"
                                : "; not asked: " + String.join(", ", donors.unasked());
        String damage = "part " + part.digest() + ": " + what + why;
        tables.damage().incurable(part, damage, tables.now().plus(Healer.AGAIN));
        DamageNotes.part(tables, part, false);
        return new Settled.Incurable(what + why);
    }
}
