package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.domain.RegionId;
import org.imageferry.store.MemoryRegionStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nodes open a region for the first time at the same moment. Any of them stands still for minutes wherever
/// chance has it, so that its right to make the store ends.
class FoundingTest {
    private static final RegionId REGION = new RegionId("region-a");
    private static final int NODES = 2;
    private static final int ROUNDS = 6;
    private static final long SEEDS = 400;

    private static final Knobs SLOW =
            new Knobs(
                    1,
                    1,
                    NODES,
                    1,
                    0,
                    Often.NEVER,
                    Often.NEVER,
                    Often.NEVER,
                    Often.NEVER,
                    Often.OFTEN,
                    Often.NEVER,
                    Often.NEVER);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS / 100);
    }

    /// @param own whether each node has a store of its own, by mistake
    private static Set<String> founders(long seed, boolean own) {
        SplittableRandom chance = new SplittableRandom(seed);
        TestClock clock = new TestClock();
        Scheduler scheduler = new Scheduler(chance.split(), clock, new Trace());
        Accidents accidents = new Accidents(SLOW, chance.split(), scheduler, clock);
        MemoryRegionStore shared = new MemoryRegionStore();
        Set<String> founders = new HashSet<>();
        AtomicInteger left = new AtomicInteger(NODES);
        try (TestCatalog catalog = TestCatalog.open(clock, chance)) {
            for (String node : List.of("node-1", "node-2")) {
                Region region =
                        region(own ? new MemoryRegionStore() : shared, scheduler, accidents);
                Catalog steered = new SteeredCatalog(catalog.catalog(), scheduler, () -> {});
                RandomGenerator its = chance.split();
                scheduler.start(
                        node,
                        node,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                new RegionOpener(steered, node).open(region);
                                if (region.health().trouble().isEmpty()) {
                                    founders.add(node);
                                }
                                scheduler.sleep(Duration.ofSeconds(its.nextInt(90)));
                            }
                            left.decrementAndGet();
                        });
            }
            while (left.get() > 0) {
                scheduler.step();
            }
        }
        return founders;
    }

    private static Region region(
            MemoryRegionStore store, Scheduler scheduler, Accidents accidents) {
        return new Region(
                REGION,
                REGION.value(),
                new SteeredStore(REGION.value(), store, scheduler, accidents, () -> {}),
                Map.of(),
                1,
                new RegionHealth());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofNodesWithStoresOfTheirOwnOneAloneEverHasTheRegion(long hundred) {
        for (long seed = 100 * hundred; seed < 100 * hundred + 100; seed++) {
            assertThat(founders(seed, true)).as("seed %d", seed).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nodesThatShareAStoreAllHaveTheRegion(long hundred) {
        for (long seed = 100 * hundred; seed < 100 * hundred + 100; seed++) {
            assertThat(founders(seed, false)).as("seed %d", seed).hasSize(NODES);
        }
    }
}
