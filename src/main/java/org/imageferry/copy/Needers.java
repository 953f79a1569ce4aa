package org.imageferry.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;

/// Which parts need some segments of a region, what else these need, and what is known to be bad of all
/// that: all that may change where a part reads its blocks. As long as two looks at it are equal, what was
/// found out in between still holds.
///
/// @param ofSegments by segment; at most [#MOST], and one more if there are more
/// @param needs of each of these parts
/// @param bad among the segments and all that the parts need
record Needers(
        Map<ObjectId, List<Parts.Part>> ofSegments,
        Map<Parts.Part, Set<ObjectId>> needs,
        Damage.Places bad) {
    /// A segment that more parts need is left as it is: to read all their manifests would take too long.
    static final int MOST = 2_000;

    static Needers of(Tables tables, RegionId region, Collection<ObjectId> segments) {
        Map<ObjectId, List<Parts.Part>> ofSegments = new HashMap<>();
        Map<Parts.Part, Set<ObjectId>> needs = new HashMap<>();
        for (ObjectId segment : segments) {
            List<Parts.Part> parts = tables.compaction().users(segment, MOST + 1);
            ofSegments.put(segment, parts);
            for (Parts.Part part : parts) {
                needs.computeIfAbsent(part, it -> Set.copyOf(tables.parts().needs(it)));
            }
        }
        Damage.Places bad = tables.damage().among(region, concerned(ofSegments, needs));
        return new Needers(ofSegments, needs, bad);
    }

    private static Set<ObjectId> concerned(
            Map<ObjectId, List<Parts.Part>> ofSegments, Map<Parts.Part, Set<ObjectId>> needs) {
        Set<ObjectId> concerned = new HashSet<>(ofSegments.keySet());
        needs.values().forEach(concerned::addAll);
        return concerned;
    }

    /// What was seen of these segments alone.
    Needers only(Collection<ObjectId> segments) {
        Map<ObjectId, List<Parts.Part>> some = new HashMap<>(ofSegments);
        some.keySet().retainAll(segments);
        Set<Parts.Part> parts = new HashSet<>();
        some.values().forEach(parts::addAll);
        Map<Parts.Part, Set<ObjectId>> theirs = new HashMap<>(needs);
        theirs.keySet().retainAll(parts);
        return new Needers(some, theirs, badOf(concerned(some, theirs)));
    }

    private Damage.Places badOf(Set<ObjectId> objects) {
        return new Damage.Places(
                bad.objects().stream()
                        .filter(objects::contains)
                        .collect(Collectors.toUnmodifiableSet()),
                bad.blocks().stream()
                        .filter(block -> objects.contains(block.segment()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// What was seen, had this been so then: these parts need other segments than the old ones.
    ///
    /// Who needs which of the segments is left as it was seen. So a segment that a part needs instead, and
    /// that was looked at, differs from now on: nobody has looked at what that part reads there.
    ///
    /// @param theirs what is bad among all that is needed instead
    Needers with(
            Map<Parts.Part, Set<ObjectId>> instead,
            Collection<ObjectId> old,
            Damage.Places theirs) {
        Set<ObjectId> before = concerned(ofSegments, needs);
        Map<Parts.Part, Set<ObjectId>> after = new HashMap<>(needs);
        instead.forEach((part, segments) -> {
            Set<ObjectId> all = new HashSet<>(of(part));
            all.removeAll(old);
            all.addAll(segments);
            after.put(part, Set.copyOf(all));
        });
        Set<ObjectId> objects = new HashSet<>(bad.objects());
        Set<BlockLocation> blocks = new HashSet<>(bad.blocks());
        theirs.objects().stream().filter(it -> !before.contains(it)).forEach(objects::add);
        theirs.blocks().stream().filter(it -> !before.contains(it.segment())).forEach(blocks::add);
        return new Needers(ofSegments, after, new Damage.Places(objects, blocks));
    }

    Set<Parts.Part> parts() {
        return needs.keySet();
    }

    /// All that this part needs.
    Set<ObjectId> of(Parts.Part part) {
        return Objects.requireNonNull(needs.get(part));
    }

    /// Whether the part reads its block here if its manifest says so.
    boolean readsAt(Parts.Part part, BlockLocation place) {
        return of(part).contains(place.segment()) && !bad.has(place);
    }

    /// Those of the segments that so many parts need that not all are known.
    List<ObjectId> crowded() {
        return ofSegments.entrySet().stream()
                .filter(segment -> segment.getValue().size() > MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Those of the segments that this part needs.
    List<ObjectId> segmentsOf(Parts.Part part) {
        List<ObjectId> segments = new ArrayList<>(ofSegments.keySet());
        segments.retainAll(of(part));
        return segments;
    }
}
