package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;

/// What parts need and is not in the stores. It is entered once all rows are made, for nothing can be said
/// to need what is known to be lost; from then on the parts ail, and are healed from other regions where
/// that can be. Sixteen bytes and some for each object.
final class Losses {
    private static final int AT_ONCE = 1_000;

    private final Set<ObjectId> objects = new HashSet<>();
    private final Map<ObjectId, Map<Integer, Digest>> blocks = new HashMap<>();

    void object(ObjectId id) {
        objects.add(id);
    }

    /// The segment is there, but not with this block at this place.
    void block(BlockLocation place, Digest name) {
        blocks.computeIfAbsent(place.segment(), _ -> new HashMap<>()).put(place.ordinal(), name);
    }

    void enter(Catalog catalog) {
        List<ObjectId> all = new ArrayList<>(objects);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<ObjectId> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            catalog.write(tables -> {
                some.forEach(tables.damage()::lost);
                return some;
            });
        }
        blocks.forEach(
                (segment, names) -> catalog.write(tables -> tables.damage().bad(segment, names)));
    }
}
