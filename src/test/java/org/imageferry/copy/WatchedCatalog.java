package org.imageferry.copy;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.jspecify.annotations.Nullable;

/// A catalog that notes what workers are about to write, and in which a bug may be planted.
record WatchedCatalog(
        Catalog catalog,
        UnaryOperator<Tables> bug,
        BytesWatch bytes,
        PlacesWatch places,
        TurnWatch turns)
        implements Catalog {
    /// Of the tables of parts and of objects: calls by which liveness may change.
    private static final Set<String> TOUCHING =
            Set.of("add", "attach", "attachKnown", "removeUnattached", "condemn", "remove");

    /// Of the tables of compaction and of damage: calls by which blocks may have moved, or parts may read
    /// them elsewhere.
    private static final Set<String> MOVING =
            Set.of("moved", "needInstead", "right", "back", "whole");

    @Override
    public <T> T write(Function<Tables, T> work) {
        return catalog.write(tables -> work.apply(watched(bug.apply(tables))));
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        return catalog.read(tables -> work.apply(bug.apply(tables)));
    }

    private Tables watched(Tables tables) {
        Tables parts = Twisted.tables(tables, Parts.class, (_, _, call) -> noted(call));
        Tables objects = Twisted.tables(parts, StoredObjects.class, (_, _, call) -> noted(call));
        Tables claims = Twisted.tables(objects, Claims.class, (_, _, call) -> claimed(call));
        Tables compaction = Twisted.tables(claims, Compaction.class, (_, _, call) -> moved(call));
        return Twisted.tables(compaction, Damage.class, (_, _, call) -> moved(call));
    }

    private @Nullable Object claimed(Twisted.Call call) throws Throwable {
        Object answer = call.go();
        if (call.is("claimPart") && !Optional.empty().equals(answer)) {
            turns.claimed();
        }
        return answer;
    }

    private @Nullable Object moved(Twisted.Call call) throws Throwable {
        if (MOVING.contains(call.name())) {
            bytes.touched();
            places.touched();
        }
        return call.go();
    }

    private @Nullable Object noted(Twisted.Call call) throws Throwable {
        if (TOUCHING.contains(call.name())) {
            bytes.touched();
        } else if (call.name().equals("reserve")) {
            long claim = call.argument(0, Long.class);
            for (Object id : call.argument(3, Collection.class)) {
                bytes.reserved(claim, (ObjectId) id);
            }
        }
        return call.go();
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        catalog.listen(listener);
    }

    @Override
    public void close() {
        throw new IllegalStateException("no node closes the catalog of its world");
    }
}
