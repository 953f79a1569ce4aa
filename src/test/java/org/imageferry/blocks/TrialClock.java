package org.imageferry.blocks;

import java.util.function.LongSupplier;

/// The clock of a trial whose end is known. It is asked once at the beginning, then three times a round: when
/// that begins, when the first way has ended, and the second.
final class TrialClock implements LongSupplier {
    private static final long UNIT_NANOS = 10_000_000;

    private final int single;
    private final int together;
    private final int disturbed;
    private int asked;
    private long now;

    TrialClock(int single, int together) {
        this(single, together, 0);
    }

    /// @param single how many units of time it takes to hash one after another
    /// @param together how many it takes to hash many
    /// @param disturbed so many rounds take three times as long, together ten times
    TrialClock(int single, int together, int disturbed) {
        this.single = single;
        this.together = together;
        this.disturbed = disturbed;
    }

    /// By this one, to hash many takes ten times as long.
    static LongSupplier losing() {
        return new TrialClock(10, 100);
    }

    /// By this one, it takes half as long.
    static LongSupplier winning() {
        return new TrialClock(20, 10);
    }

    @Override
    public long getAsLong() {
        boolean slow = (asked - 1) / 3 < disturbed;
        switch (asked++ == 0 ? 0 : (asked - 2) % 3) {
            case 1 -> now += single * UNIT_NANOS * (slow ? 3 : 1);
            case 2 -> now += together * UNIT_NANOS * (slow ? 10 : 1);
            default -> {}
        }
        return now;
    }
}
