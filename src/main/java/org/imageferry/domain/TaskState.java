package org.imageferry.domain;

import java.time.Instant;

/// Where a task stands. It moves forward only: waiting, running, then one of three ends.
public sealed interface TaskState {
    sealed interface Open extends TaskState {}

    sealed interface Ended extends TaskState {
        Instant at();
    }

    record Waiting() implements Open {}

    /// @param slot which of the region's places for this action it holds, from 0
    record Running(Instant since, int slot) implements Open {}

    record Done(Instant at) implements Ended {}

    record Failed(Instant at, String reason) implements Ended {}

    record Cancelled(Instant at) implements Ended {}
}
