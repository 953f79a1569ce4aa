package org.imageferry.rebuild;

import org.imageferry.domain.RegionId;
import org.imageferry.store.RegionStore;

/// A region's store, from which its part of the catalog is made.
public record Source(RegionId region, RegionStore store) {}
