package org.imageferry.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;

/// What there may be to do in regions. A look costs the same however many tasks wait.
public interface Openings {
    /// @param waiting actions of which a task waits, with how many run
    /// @param claimable as [#claimable] says
    /// @param records whether records are to be written, and that is no other node's duty
    /// @param ailing whether a part is to be looked at again, and that is no other node's duty
    record Found(
            Map<Work.Action, Integer> waiting,
            Set<Work.Action> claimable,
            boolean records,
            boolean ailing) {
        /// There is nothing to do.
        static final Found NOTHING = new Found(Map.of(), Set.of(), false, false);
    }

    /// Looks at many regions with no more statements than at one.
    ///
    /// @param node who asks
    /// @return of each region that the catalog knows
    Map<RegionId, Found> of(Collection<RegionId> regions, String node);

    default Found of(RegionId region, String node) {
        return of(List.of(region), node).getOrDefault(region, Found.NOTHING);
    }

    /// Actions of running tasks of which there is a piece that nobody holds and whose time to be tried has come.
    Set<Work.Action> claimable(RegionId region);
}
