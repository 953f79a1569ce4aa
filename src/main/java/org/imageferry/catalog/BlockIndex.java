package org.imageferry.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;

/// Says which blocks a scope holds, and where. Leads to live segments only, and
/// past what is known to be bad: see [Damage].
///
/// It keeps the first 16 bytes of a name: two names that share them are one to it. Nobody can make
/// such names for another scope, and to find two takes 2^64 hashes.
public interface BlockIndex {
    /// @return those of `names` that are there
    Map<Digest, BlockLocation> find(Scope scope, Collection<Digest> names);

    /// Enters the blocks of a segment: the first of `names` is its block 0. A name that is there
    /// already keeps its place.
    void add(Scope scope, ObjectId segment, List<Digest> names);
}
