package org.imageferry.catalog;

import java.util.Map;
import java.util.Set;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;

/// What there may be to do in a region. A look costs the same however many tasks wait.
public interface Openings {
    /// @param waiting actions of which a task waits, with how many run
    /// @param claimable as [#claimable] says
    /// @param records whether records are to be written
    /// @param ailing whether a part is to be looked at again
    record Found(
            Map<Work.Action, Integer> waiting,
            Set<Work.Action> claimable,
            boolean records,
            boolean ailing) {}

    Found of(RegionId region);

    /// Actions of running tasks of which there is a piece that nobody holds and whose time to be tried has come.
    Set<Work.Action> claimable(RegionId region);
}
