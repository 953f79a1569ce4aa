package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;

/// What goes wrong with stores: an operation that fails, before it did anything or after it did all;
/// one that takes minutes; a store that is gone for an hour.
final class Accidents {
    /// Marks what a world did itself.
    static final String MARK = "by accident";

    private static final int FAULTS_PER_OUTAGE = 16;
    private static final int LONGEST_OUTAGE_MINUTES = 120;
    private static final int SHORTEST_SECONDS = 20;
    private static final int LONGEST_SECONDS = 240;

    private final Knobs knobs;
    private final RandomGenerator chance;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Map<String, Instant> gone = new HashMap<>();
    private boolean over;

    Accidents(Knobs knobs, RandomGenerator chance, Scheduler scheduler, InstantSource clock) {
        this.knobs = knobs;
        this.clock = clock;
        this.chance = chance;
        this.scheduler = scheduler;
    }

    /// From now on all goes well.
    void end() {
        over = true;
    }

    /// From now on the store is gone, for up to two hours.
    void lose(String store) {
        int minutes = 1 + chance.nextInt(LONGEST_OUTAGE_MINUTES);
        gone.put(store, clock.instant().plus(Duration.ofMinutes(minutes)));
    }

    /// Called before and after each operation.
    ///
    /// @param space whether it takes space, so that there may be none
    void mayHappen(String store, String operation, boolean space) throws StoreException {
        if (over) {
            return;
        }
        if (clock.instant().isBefore(gone.getOrDefault(store, Instant.MIN))) {
            throw new StoreException(Kind.UNAVAILABLE, store + " is gone " + MARK);
        }
        if (knobs.delays().now(chance)) {
            int seconds = chance.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS);
            scheduler.sleep(Duration.ofSeconds(seconds));
        }
        if (!over && knobs.storeFaults().now(chance)) {
            throw new StoreException(kind(space), operation + " failed " + MARK);
        }
    }

    private Kind kind(boolean space) {
        if (chance.nextInt(FAULTS_PER_OUTAGE) > 0) {
            return Kind.FAILED;
        }
        return space && chance.nextBoolean() ? Kind.FULL : Kind.UNAVAILABLE;
    }
}
