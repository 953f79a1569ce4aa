package org.imageferry.store.paced;

/// So many bytes a second, and no more for a while than what was saved up in one second without any.
/// It knows no clock: the caller says when, and waits as long as it is told.
///
/// Bytes are granted in the order in which they are asked for. What is asked for at once may be more
/// than a second's worth: whoever comes next waits for it. Source of the rule: the generic cell rate
/// algorithm (ITU-T I.371), with one instant for a state.
public final class Pace {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final long bytesPerSecond;

    /// When all that was granted so far has passed; guarded by this.
    private long busyUntil;

    private boolean begun;

    public Pace(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("no pace: " + bytesPerSecond);
        }
        this.bytesPerSecond = bytesPerSecond;
    }

    /// @param now nanoseconds since some moment that stays the same
    /// @return how many nanoseconds to wait before these bytes may go
    public synchronized long grant(long bytes, long now) {
        long earliest = now - SECOND_NANOS;
        if (!begun || busyUntil - earliest < 0) {
            begun = true;
            busyUntil = earliest;
        }
        long wait = Math.max(0, busyUntil - now);
        busyUntil += (long) (bytes * (double) SECOND_NANOS / bytesPerSecond);
        return wait;
    }
}
