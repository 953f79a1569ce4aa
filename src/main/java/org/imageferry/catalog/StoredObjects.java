package org.imageferry.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// The segments and manifests in the regions' stores. Each has its row before its first byte is
/// written, so that a crash leaves no object that the catalog does not know.
///
/// An object is `writing`, then `live`, at last `condemned`. It is garbage when no part needs it and
/// the claim under which it was written is no longer held.
public interface StoredObjects {
    enum Kind {
        SEGMENT,
        MANIFEST
    }

    enum State {
        WRITING,
        LIVE,
        CONDEMNED
    }

    /// @param bytes its length in the store; 0 while it is written
    record StoredObject(ObjectId id, Scope scope, Kind kind, State state, long bytes) {}

    /// Says that nobody holds an object: it may be condemned until something needs it. For writers that
    /// find out in the end, and then do it again.
    long NOBODY = 0;

    /// Notes objects that are about to be written under this claim, or under [#NOBODY].
    void reserve(long claim, Scope scope, Kind kind, Collection<ObjectId> ids);

    /// The object is durable in the store: from `writing` to `live`.
    ///
    /// @return false if it was condemned meanwhile: its writer deletes it
    boolean written(ObjectId id, long bytes);

    Optional<StoredObject> find(ObjectId id);

    /// Condemns up to `limit` of the region's objects that are garbage, and removes the index rows that
    /// lead to them.
    ///
    /// @return how many
    int condemn(RegionId region, int limit);

    /// Objects that were written, and condemned at `instant` or before; at most `limit`.
    List<StoredObject> condemned(RegionId region, Instant instant, int limit);

    /// Objects that were condemned at `instant` or before without their writer having come back; at
    /// most `limit`. Nothing of them may be there, or a write that hangs may still land.
    List<StoredObject> unwritten(RegionId region, Instant instant, int limit);

    /// The object is gone from the store: forgets it.
    void remove(ObjectId id);

    /// Which of these objects the region's catalog does not know.
    Set<ObjectId> unknown(RegionId region, Collection<ObjectId> ids);

    /// Ids of the region's objects that are live, in order, after `after`; at most `limit`.
    List<StoredObject> live(RegionId region, Optional<ObjectId> after, int limit);

    /// The live object of the region that was neither written nor read since `before` for longest.
    ///
    /// @param skip so many that were not for even longer are passed over
    Optional<StoredObject> unchecked(RegionId region, Instant before, int skip);

    /// The object was read as a whole just now, whatever was found.
    void checked(ObjectId id);

    /// What a region's store holds, in objects and bytes.
    ///
    /// @param needed by parts
    /// @param idle live, but needed by no part: still being made, or garbage
    /// @param condemned of those that were written
    record Usage(Sum needed, Sum idle, Sum condemned) {}

    record Sum(long objects, long bytes) {}

    Usage usage(RegionId region);

    /// Bytes that parts of the account need in the region. Takes no longer for more of them.
    long storedBytes(AccountId account, RegionId region);
}
