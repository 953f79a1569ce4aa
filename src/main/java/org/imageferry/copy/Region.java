package org.imageferry.copy;

import java.util.Map;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;
import org.imageferry.store.RegionStore;

/// A region as the configuration describes it.
///
/// @param localName what a person calls it
/// @param slots how many tasks of each action may run in it at once
/// @param mostImageBytes the longest image that may be copied into it
public record Region(
        RegionId id,
        String localName,
        RegionStore store,
        Map<Work.Action, Integer> slots,
        long mostImageBytes,
        RegionHealth health) {}
