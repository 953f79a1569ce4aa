package org.imageferry.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.SnapshotId;

/// What is known to be bad or missing in the regions' stores, and which parts that concerns.
///
/// A part *ails* from the transaction on in which anything that it needs is found bad, until it is known
/// to be whole, or is made anew. As long as it does, [Parts#find] and [Parts#attachKnown] pass it over:
/// what needs such a part brings it, and so makes it whole.
public interface Damage {
    /// What can't be read.
    ///
    /// @param objects that are missing, or say what is not true of themselves
    /// @param blocks of other objects
    record Places(Set<ObjectId> objects, Set<BlockLocation> blocks) {
        public Places {
            objects = Set.copyOf(objects);
            blocks = Set.copyOf(blocks);
        }

        public boolean none() {
            return objects.isEmpty() && blocks.isEmpty();
        }

        public boolean has(BlockLocation place) {
            return objects.contains(place.segment()) || blocks.contains(place);
        }
    }

    /// What is known to be bad of these objects of a region.
    Places among(RegionId region, Collection<ObjectId> objects);

    /// Blocks of a segment are bad: the index does not lead to them any more, and all parts that need
    /// the segment ail. Of a segment that is not live nothing is noted.
    ///
    /// @param names of the blocks, by ordinal
    /// @return whether any of it was not known
    boolean bad(ObjectId segment, Map<Integer, Digest> names);

    /// An object is missing, or says what is not true of itself: the index does not lead to any of its
    /// blocks any more, and all parts that need it ail. Of an object that is not live nothing is noted.
    ///
    /// @return whether that was not known
    boolean lost(ObjectId object);

    /// Blocks that were bad are right again: the index leads to them unless it leads elsewhere by now.
    ///
    /// @param names of the blocks, by ordinal
    void right(ObjectId segment, Map<Integer, Digest> names);

    /// An object that was lost is there again, and right but for the blocks that are known to be bad.
    void back(ObjectId object);

    /// The ailing part of the region that waits longest to be looked at, if its time has come.
    Optional<Parts.Part> ailing(RegionId region);

    boolean ails(Scope scope, Digest part);

    /// All ailing parts that need one of `bad` need all of `instead`, too, from now on.
    ///
    /// @return false if one of `instead` is not live or is lost: nothing was changed
    boolean needToo(Collection<ObjectId> bad, Collection<ObjectId> instead);

    /// The part was looked at, and can't be healed now.
    ///
    /// @param next when to look again
    void incurable(Parts.Part part, String damage, Instant next);

    /// The part could not be looked at; what is known of it stays.
    ///
    /// @param next when to look again
    void postpone(Parts.Part part, Instant next);

    /// The part ails no more: each of its blocks lies at a good place in its manifest, or where the
    /// index says. Its segments become suspect: see [Compaction].
    void whole(Parts.Part part);

    /// What could not be healed of the snapshot's first part that has such damage.
    Optional<String> of(SnapshotId snapshot);

    /// How a region stands.
    ///
    /// @param badBlocks and lost objects that are known, healed or not: who needs them may read them
    ///     elsewhere by now
    /// @param damagedParts that could not be healed
    /// @param unavailableImages whose disks have such parts
    /// @param oldestCheck when the live object that nobody looked at for longest was last written or
    ///     read; nothing if the store is empty
    record Standing(
            long badBlocks,
            long lostObjects,
            long damagedParts,
            long unavailableImages,
            Optional<Instant> oldestCheck) {}

    Standing standing(RegionId region);
}
