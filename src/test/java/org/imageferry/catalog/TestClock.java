package org.imageferry.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is told to move.
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-22T08:00:00.123456Z");

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }
}
