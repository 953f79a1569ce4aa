package org.imageferry.copy;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.imageferry.catalog.Openings;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;

/// What there may be to do in a region, found out by one look at the catalog, so that of a region's workers only
/// those wake who have work.
///
/// It may promise work that turns out to be none, as when another node is quicker. It never keeps silent about
/// work that is there.
public record Errands(Set<Kind> kinds) {
    /// Whose work it is.
    public enum Kind {
        START,
        PARTS,
        EXPORT,
        VERIFY,
        RECORDS,
        HEAL
    }

    /// @param node who asks
    /// @return of each region that the catalog knows
    public static Map<RegionId, Errands> of(
            Tables tables, Collection<Region> regions, String node) {
        Map<RegionId, Openings.Found> found =
                tables.openings().of(regions.stream().map(Region::id).toList(), node);
        Map<RegionId, Errands> errands = new HashMap<>();
        for (Region region : regions) {
            Openings.Found here = found.get(region.id());
            if (here != null) {
                errands.put(region.id(), of(here, region));
            }
        }
        return errands;
    }

    private static Errands of(Openings.Found found, Region region) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (!startable(found, region).isEmpty()) {
            kinds.add(Kind.START);
        }
        found.claimable().forEach(action -> kinds.add(kind(action)));
        if (found.records()) {
            kinds.add(Kind.RECORDS);
        }
        if (found.ailing()) {
            kinds.add(Kind.HEAL);
        }
        return new Errands(kinds);
    }

    /// Actions of which a task waits and may run.
    static Set<Work.Action> startable(Openings.Found found, Region region) {
        Set<Work.Action> startable = EnumSet.noneOf(Work.Action.class);
        found.waiting()
                .forEach((action, running) -> {
                    if (running < region.slots().getOrDefault(action, 1)) {
                        startable.add(action);
                    }
                });
        return startable;
    }

    private static Kind kind(Work.Action action) {
        return switch (action) {
            case CopyImage, CopySnapshot, ImportImage -> Kind.PARTS;
            case ExportImage -> Kind.EXPORT;
            case VerifyImages -> Kind.VERIFY;
        };
    }

    public boolean has(Kind kind) {
        return kinds.contains(kind);
    }
}
