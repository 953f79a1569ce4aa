package org.imageferry.server;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What happens to the nodes of a fleet, by chance: one hand, which troubles one node at a time.
final class FleetFaults {
    enum Fault {
        KILLED,
        SUSPENDED,
        DATABASE_CUT,
        DATABASE_BLOCKED,
        STORAGE_CUT,
        STORAGE_BLOCKED
    }

    /// More than a claim lasts.
    private static final int LOSES_CLAIMS_MILLIS = 6_000;

    private static final int SHORT_MILLIS = 2_500;

    private final Fleet fleet;
    private final Random random;
    private final AtomicInteger left;
    private final CountDownLatch never = new CountDownLatch(1);
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

    /// @param left how many faults are still to come, of all hands
    FleetFaults(Fleet fleet, Random random, AtomicInteger left) {
        this.fleet = fleet;
        this.random = random;
        this.left = left;
    }

    /// Returns when all have come, and what they broke is mended.
    void run() throws IOException, InterruptedException {
        while (left.getAndDecrement() > 0) {
            Optional<FleetNode> node = fleet.takeOne(random);
            if (node.isEmpty()) {
                left.incrementAndGet();
            } else {
                Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                counts.merge(fault, 1, Integer::sum);
                happen(fault, node.get());
            }
            rest(random.nextInt(1_000));
        }
    }

    private void happen(Fault fault, FleetNode node) throws IOException, InterruptedException {
        switch (fault) {
            case KILLED -> kill(node);
            case SUSPENDED -> {
                node.process().suspend();
                rest(duration());
                node.process().resume();
            }
            case DATABASE_CUT -> {
                node.database().cut();
                rest(random.nextInt(SHORT_MILLIS));
                node.database().mend();
            }
            case DATABASE_BLOCKED -> {
                node.database().block();
                rest(duration());
                node.database().mend();
            }
            case STORAGE_CUT -> {
                node.storage().cut();
                rest(random.nextInt(SHORT_MILLIS));
                node.storage().mend();
            }
            case STORAGE_BLOCKED -> {
                node.storage().block();
                rest(duration());
                node.storage().mend();
            }
        }
        node.setWell(true);
    }

    private void kill(FleetNode node) throws IOException, InterruptedException {
        node.process().kill();
        rest(duration());
        node.launch();
        if (random.nextInt(4) == 0) { // once more, on its way
            rest(random.nextInt(SHORT_MILLIS));
            node.process().kill();
            node.launch();
        }
        node.ready();
    }

    /// As likely as not long enough to lose claims.
    private int duration() {
        int some = random.nextInt(SHORT_MILLIS);
        return random.nextBoolean() ? some : LOSES_CLAIMS_MILLIS + some;
    }

    private void rest(int millis) throws InterruptedException {
        boolean _ = never.await(millis, TimeUnit.MILLISECONDS);
    }

    /// How often each happened.
    Map<Fault, Integer> counts() {
        return counts;
    }
}
