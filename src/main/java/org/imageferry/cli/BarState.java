package org.imageferry.cli;

import java.time.Duration;
import java.util.Optional;

/// What a progress bar shows.
sealed interface BarState {
    /// @param position in the queue, from 1; 0 if that is not known
    record Waiting(long position) implements BarState {}

    /// @param total 0 while that is not known
    /// @param bytesPerSecond 0 while that is not known
    /// @param left until the end, as far as anybody can tell
    record Moving(long done, long total, double bytesPerSecond, Optional<Duration> left)
            implements BarState {}

    /// It is over; the text says how it went.
    record Ended(boolean good, String text) implements BarState {}
}
