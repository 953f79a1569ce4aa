package org.imageferry.server;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.copy.Errands;
import org.imageferry.copy.Region;
import org.imageferry.domain.RegionId;

/// Looks for work on behalf of all workers of a node, and calls those who have some. For one thread.
///
/// One look serves all regions in which something changed since the last. Were each worker to look for itself, or
/// somebody for each region, a node of a hundred regions would keep the catalog busy with nothing to do.
///
/// All nodes hear of a change at once, and if all went for the one piece that is to be done, all but one would go in
/// vain. So each waits by chance, the longer the more others there are and the slower the catalog is: who looks after
/// the first has taken the piece sees that it is gone. Who has much in work waits longer, so that those come first who
/// have little.
final class Lookout {
    /// Whatever changed, each region is looked at so often: that the time of a part's next try has come rings no bell.
    static final Duration ROUND = Duration.ofSeconds(2);

    /// From a look that finds a piece until it is taken, in looks.
    private static final int LOOKS_UNTIL_TAKEN = 5;

    private static final Duration MOST_WAIT = Duration.ofSeconds(1);

    private final Catalog catalog;
    private final String node;
    private final List<Region> regions;
    private final Bells bells;
    private final Calls calls;
    private final LongSupplier nanos;
    private final IntSupplier others;
    private final IntSupplier inWork;
    private final RandomGenerator chance;
    private final Looks looks = new Looks();
    private final Map<RegionId, Long> heard = new HashMap<>();
    private long lastRound;
    private long took;

    /// @param node its name
    /// @param nanos the time since some moment that stays the same
    /// @param others tells how many other nodes there are
    /// @param inWork tells how many pieces are in work on this node
    Lookout(
            Catalog catalog,
            String node,
            Collection<Region> regions,
            Bells bells,
            Calls calls,
            LongSupplier nanos,
            IntSupplier others,
            IntSupplier inWork,
            RandomGenerator chance) {
        this.catalog = catalog;
        this.node = node;
        this.regions = List.copyOf(regions);
        this.bells = bells;
        this.calls = calls;
        this.nanos = nanos;
        this.others = others;
        this.inWork = inWork;
        this.chance = chance;
        this.lastRound = nanos.getAsLong() - ROUND.toNanos();
    }

    /// Lets other nodes go first, looks, then sleeps until a bell rings or the next round is due.
    void turn() throws InterruptedException {
        Thread.sleep(courtesy()); // what rings meanwhile this look tells, too
        long rings = bells.ofAll().rings();
        Duration deaf = look();
        Duration left = Duration.ofNanos(lastRound + ROUND.toNanos() - nanos.getAsLong());
        looks.slept(deaf, bells.ofAll().await(rings, deaf, left));
    }

    /// Looks where a bell has rung, or everywhere when it is time. What a look that fails would have told the next
    /// one tells.
    ///
    /// @return how long to sleep through the ringing
    Duration look() {
        long now = nanos.getAsLong();
        boolean round = now - lastRound >= ROUND.toNanos();
        Map<Region, Long> rung = rung(round);
        if (rung.isEmpty()) {
            return Duration.ZERO;
        }
        Map<RegionId, Errands> found =
                catalog.read(tables -> Errands.of(tables, rung.keySet(), node));
        rung.forEach((region, rings) -> heard.put(region.id(), rings));
        lastRound = round ? now : lastRound;
        took = nanos.getAsLong() - now;
        found.forEach(this::call);
        looks.looked(found.values().stream().anyMatch(errands -> !errands.kinds().isEmpty()));
        return looks.deaf();
    }

    /// How long to wait before a look; not at all where there is no other node.
    Duration courtesy() {
        long most = took * LOOKS_UNTIL_TAKEN * others.getAsInt() * (1 + inWork.getAsInt());
        return Duration.ofNanos(chance.nextLong(Math.min(most, MOST_WAIT.toNanos()) + 1));
    }

    /// With how often it has rung in each.
    private Map<Region, Long> rung(boolean all) {
        Map<Region, Long> rung = new HashMap<>();
        for (Region region : regions) {
            long rings = bells.of(region.id()).rings();
            if (all || rings != heard.getOrDefault(region.id(), 0L)) {
                rung.put(region, rings);
            }
        }
        return rung;
    }

    private void call(RegionId region, Errands errands) {
        errands.kinds().forEach(kind -> calls.of(region, kind).call());
    }
}
