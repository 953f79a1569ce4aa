package org.imageferry.copy;

import java.util.EnumSet;
import java.util.Set;
import org.imageferry.catalog.Openings;
import org.imageferry.catalog.Tables;
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

    public static Errands of(Tables tables, Region region) {
        Openings.Found found = tables.openings().of(region.id());
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
