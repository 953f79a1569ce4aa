package org.imageferry.domain;

import java.time.Instant;
import java.util.Optional;

/// That a task has ended. There is one for each that did, from the moment of its end.
///
/// @param task as it ended
/// @param image what the task's image was called, if it has one
/// @param started when it began to run; nothing if it was still waiting
public record Event(EventId id, Task task, Optional<ImageName> image, Optional<Instant> started) {
    public Event {
        if (task.open()) {
            throw new IllegalArgumentException("no event yet: " + task);
        }
    }

    public EventType type() {
        return EventType.of(task);
    }

    public TaskState.Ended end() {
        return (TaskState.Ended) task.state();
    }

    /// Bytes of the image that were there already, and not brought.
    public long sharedBytes() {
        return Math.max(0, task.progress().done() - task.progress().moved());
    }
}
