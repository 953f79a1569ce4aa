package org.imageferry.domain;

import java.time.Instant;

/// Whether a key may be used.
public sealed interface KeyState {
    record Enabled() implements KeyState {}

    record Disabled() implements KeyState {}

    /// @param at when it goes, and with it everything that only it unwraps
    record PendingDeletion(Instant at) implements KeyState {}
}
