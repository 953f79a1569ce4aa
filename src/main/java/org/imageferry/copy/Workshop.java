package org.imageferry.copy;

import java.util.function.Consumer;
import org.imageferry.blocks.FooterCache;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Buckets;
import org.imageferry.store.Scratch;

/// What all workers share.
///
/// @param scratch holds what was unpacked, on this machine
/// @param node names this process in the catalog's claims
/// @param partBytes of disk address space in a part: [org.imageferry.blocks.Manifest#PART_BYTES], or
///     less in simulations
/// @param leases the claims that this process works under
/// @param wake says what the catalog can't know: that there may be work for others in a region now
public record Workshop(
        Catalog catalog,
        RegionMap regions,
        Buckets buckets,
        Scratch scratch,
        Ids ids,
        String node,
        long partBytes,
        FooterCache footers,
        SegmentBuffers buffers,
        Lanes lanes,
        Seals seals,
        Leases leases,
        Consumer<RegionId> wake) {
    /// How many parts a disk of this length has.
    int parts(long diskBytes) {
        return Math.toIntExact((diskBytes + partBytes - 1) / partBytes);
    }
}
