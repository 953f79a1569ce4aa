package org.imageferry.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ObjectId;

/// Which parts need some segments, and what else these need: all that may change where a part reads its
/// blocks. As long as two looks at it are equal, what was found out in between still holds.
///
/// @param ofSegments by segment
/// @param needs of each of these parts
record Needers(Map<ObjectId, List<Parts.Part>> ofSegments, Map<Parts.Part, Set<ObjectId>> needs) {
    static Needers of(Tables tables, Collection<ObjectId> segments) {
        Map<ObjectId, List<Parts.Part>> ofSegments = new HashMap<>();
        Map<Parts.Part, Set<ObjectId>> needs = new HashMap<>();
        for (ObjectId segment : segments) {
            List<Parts.Part> parts = tables.compaction().users(segment);
            ofSegments.put(segment, parts);
            for (Parts.Part part : parts) {
                needs.computeIfAbsent(part, it -> Set.copyOf(tables.parts().needs(it)));
            }
        }
        return new Needers(ofSegments, needs);
    }

    /// What was seen of these segments alone.
    Needers only(Collection<ObjectId> segments) {
        Map<ObjectId, List<Parts.Part>> some = new HashMap<>(ofSegments);
        some.keySet().retainAll(segments);
        Set<Parts.Part> parts = new HashSet<>();
        some.values().forEach(parts::addAll);
        Map<Parts.Part, Set<ObjectId>> theirs = new HashMap<>(needs);
        theirs.keySet().retainAll(parts);
        return new Needers(some, theirs);
    }

    Set<Parts.Part> parts() {
        return needs.keySet();
    }

    /// All that this part needs.
    Set<ObjectId> of(Parts.Part part) {
        return Objects.requireNonNull(needs.get(part));
    }

    /// Those of the segments that this part needs.
    List<ObjectId> segmentsOf(Parts.Part part) {
        List<ObjectId> segments = new ArrayList<>(ofSegments.keySet());
        segments.retainAll(of(part));
        return segments;
    }
}
