package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.RegionId;

/// The ends of tasks, in the order in which they were committed. [Tasks#update] adds them, in the very
/// transaction that ends the task, and [Tasks#forget] removes them: an event stays as long as its task.
public interface Events {
    /// The account's events after this one, oldest first. Whoever asks again after the last one it got
    /// misses none, whatever was under way meanwhile.
    ///
    /// @param region only those of its tasks
    List<Event> after(EventId event, AccountId account, Optional<RegionId> region, int limit);

    /// The account's last; [EventId#NONE] if it has none.
    EventId last(AccountId account);
}
