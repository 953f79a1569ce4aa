package org.imageferry.copy;

import java.util.OptionalLong;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Scope;
import org.imageferry.domain.TaskId;

/// Parts that the region holds already cost a look-up each, and no claim.
final class KnownParts {
    /// So many parts are looked at in one transaction, which others wait for.
    private static final int AT_ONCE = 1_000;

    private KnownParts() {}

    /// Attaches what is known of the next parts on offer, and ends the task if these were the last.
    ///
    /// @param from where to begin: 0, or what was returned before
    /// @return where to go on; nothing if there is no more on offer
    static OptionalLong take(Tables tables, TaskId task, Scope scope, long from) {
        OptionalLong next = tables.parts().attachKnown(task, scope, from, AT_ONCE);
        TaskEnds.finishIfWhole(tables, task);
        return next;
    }
}
