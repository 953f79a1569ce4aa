package org.imageferry.copy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.Task;

/// Reads events as a client does, each account's after the last it has seen: with each task's end comes
/// one event that tells of it, and no other.
final class EventWatch {
    private static final int MOST = 1_000;

    private final Map<AccountId, EventId> seen = new HashMap<>();

    /// @param ends that came since the last look
    void look(Tables tables, List<Task> ends) {
        Set<Task> untold = new HashSet<>(ends);
        ends.stream()
                .map(Task::account)
                .distinct()
                .forEach(account -> {
                    EventId last = seen.getOrDefault(account, EventId.NONE);
                    for (Event event :
                            tables.events().after(last, account, Optional.empty(), MOST)) {
                        Rules.P3.require(
                                untold.remove(event.task()), "an event of no end: " + event);
                        seen.put(account, event.id());
                    }
                });
        Rules.P3.require(untold.isEmpty(), "ends without an event: " + untold);
    }
}
