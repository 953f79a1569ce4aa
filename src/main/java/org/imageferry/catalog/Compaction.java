package org.imageferry.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// Which segments may hold much that no part needs, and how what is needed moves out of them.
///
/// A segment is *suspect* from the transaction on in which one of several parts that need it is removed, in
/// which one that needs it is whole again, in which the claim that it was written under ends without its
/// part, or in which the catalog was made anew; and until [#examined].
public interface Compaction {
    /// A suspect.
    ///
    /// @param number the catalog's own; it grows from segment to segment
    record Suspect(long number, StoredObjects.StoredObject segment) {}

    /// The region's suspects that parts need, in order, after `after`; at most `limit`.
    List<Suspect> suspects(RegionId region, long after, int limit);

    /// The first parts that need an object, in order; at most `limit`.
    List<Parts.Part> users(ObjectId object, int limit);

    /// The segment was looked at: it is suspect no more.
    ///
    /// @param deadBytes of it that no part needs
    void examined(ObjectId segment, long deadBytes);

    /// Enters the blocks of a live segment in the index, as [BlockIndex#add] does, and also where the index
    /// leads to one of `old` so far.
    ///
    /// @param names of its blocks, by ordinal
    void moved(Scope scope, ObjectId segment, List<Digest> names, Collection<ObjectId> old);

    /// The part needs all of `instead` from now on, and none of `old`, which may become garbage by that.
    ///
    /// @throws IllegalStateException if one of `instead` is not live
    void needInstead(Parts.Part part, Set<ObjectId> old, Set<ObjectId> instead);

    /// What is known of dead bytes in segments that parts need.
    ///
    /// @param deadBytes in those that were looked at
    /// @param suspects nobody has looked at these
    record Dead(long deadBytes, StoredObjects.Sum suspects) {}

    Dead dead(RegionId region);
}
