package org.imageferry.copy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.imageferry.blocks.FooterCache;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.Work;
import org.imageferry.store.Buckets;
import org.imageferry.store.MemoryScratch;
import org.imageferry.store.StoreException;

/// A process from its start to its crash: what it holds in memory, and its workers.
///
/// It starts like the server: ends the claims of the process before it, opens the regions, sets the
/// workers going.
final class Node {
    static final Duration GRACE = Duration.ofMinutes(10);

    private static final int PART_WORKERS = 2;

    /// Each object is read within this time, and no scrubber rests longer between two.
    private static final Duration SCRUB = Duration.ofMinutes(30);

    private static final Duration SCRUB_IDLE = Duration.ofMinutes(1);

    /// Of scrubbing and healing until nothing changes any more: what one region finds may be what another
    /// wanted to be healed from.
    private static final int ROUNDS = 3;

    private static final int FOOTER_ENTRIES = 200;
    private static final int TURNS_PER_PASS = 6;

    /// Room for a block or two: what compaction may put into one segment, and up to 32 times that.
    private static final int LITTLE = 16 << 10;

    /// Never asked: lanes are one wide.
    private static final ExecutorService NOBODY = Executors.newVirtualThreadPerTaskExecutor();

    private final String name;
    private final Scheduler scheduler;
    private final RandomGenerator chance;
    private final Catalog catalog;
    private final List<Region> regions;
    private final TurnWatch turns;
    private final boolean rots;
    private final TestKeys keys;
    private final Workshop shop;
    private final RegionOpener opener;
    private final Collector collector;
    private boolean ready;

    Node(
            String name,
            Scheduler scheduler,
            RandomGenerator chance,
            Catalog catalog,
            Stream<Region> regions,
            Buckets buckets,
            Ids ids,
            SegmentBuffers buffers,
            LongSupplier nanos,
            TurnWatch turns,
            boolean rots) {
        this.name = name;
        this.scheduler = scheduler;
        this.chance = chance;
        this.catalog = catalog;
        this.regions = regions.toList();
        this.turns = turns;
        this.rots = rots;
        this.keys = new TestKeys(catalog, chance);
        this.shop =
                new Workshop(
                        catalog,
                        new RegionMap(this.regions),
                        buckets,
                        new MemoryScratch(),
                        ids,
                        name,
                        Disks.PART_BYTES,
                        new FooterCache(FOOTER_ENTRIES),
                        buffers,
                        new Lanes(NOBODY, 1, 1_000),
                        keys.seals(),
                        new Leases(Leases.USUAL, nanos),
                        _ -> scheduler.wake(this));
        catalog.listen(_ -> scheduler.wake(this));
        this.opener = new RegionOpener(catalog, name);
        this.collector = new Collector(shop, GRACE, Courtesy.NONE, LITTLE << chance.nextInt(6));
    }

    String name() {
        return name;
    }

    /// Whether it takes requests.
    boolean ready() {
        return ready;
    }

    List<Region> regions() {
        return regions;
    }

    Workshop shop() {
        return shop;
    }

    TestKeys keys() {
        return keys;
    }

    Collector collector() {
        return collector;
    }

    RegionOpener opener() {
        return opener;
    }

    void start() {
        scheduler.start(name + " starts", this, this::boot);
    }

    private void boot() {
        catalog.write(tables -> {
            tables.claims().expire(name);
            return name;
        });
        regions.forEach(opener::open);
        regions.forEach(this::employ);
        scheduler.start(name + " opener", this, () -> forever(this::reopen));
        scheduler.start(name + " collector", this, () -> forever(this::collect));
        ready = true;
    }

    private void employ(Region region) {
        TaskStarter starter = new TaskStarter(shop);
        PartWorker parts = new PartWorker(shop);
        Exporter exporter = new Exporter(shop);
        Verifier verifier = new Verifier(shop);
        RecordWriter records = new RecordWriter(shop);
        String place = name + " " + region.id() + " ";
        scheduler.start(place + "starter", this, () -> forever(() -> startAny(starter, region)));
        for (int i = 1; i <= PART_WORKERS; i++) {
            scheduler.start(
                    place + "parts " + i,
                    this,
                    () -> forever(() -> turns.watched(region, () -> parts.step(region))));
        }
        scheduler.start(
                place + "exporter",
                this,
                () -> forever(() -> exporter.step(region) || verifier.step(region)));
        scheduler.start(place + "records", this, () -> forever(() -> records.step(region)));
        if (rots) {
            Healer healer = new Healer(shop);
            Scrubber scrubber = new Scrubber(shop, SCRUB);
            scheduler.start(place + "healer", this, () -> forever(() -> healer.step(region)));
            scheduler.start(place + "scrubber", this, () -> forever(() -> scrub(scrubber, region)));
        }
    }

    private static boolean scrub(Scrubber scrubber, Region region) {
        scrubber.step(region);
        return false;
    }

    /// Looks at all that is stored, heals what can be healed, and writes the records that tell of it.
    void scrubAndHeal(TestClock clock) throws StoreException {
        Scrubber scrubber = new Scrubber(shop, SCRUB);
        Healer healer = new Healer(shop);
        RecordWriter records = new RecordWriter(shop);
        for (int round = 0; round < ROUNDS; round++) {
            clock.advance(SCRUB);
            for (Region region : regions) {
                while (scrubber.step(region).compareTo(SCRUB_IDLE) < 0) {
                    // the next object
                }
            }
            for (Region region : regions) {
                while (healer.step(region)) {
                    // the next part
                }
            }
        }
        for (Region region : regions) {
            while (records.step(region)) {
                // the next records
            }
        }
    }

    @FunctionalInterface
    private interface Steps {
        /// @return whether there was anything to do
        boolean step() throws Exception;
    }

    private void forever(Steps steps) throws Exception {
        while (true) {
            if (!steps.step()) {
                scheduler.rest();
            }
        }
    }

    private static boolean startAny(TaskStarter starter, Region region) {
        boolean any = false;
        for (Work.Action action : Work.Action.values()) {
            any |= starter.step(region, action);
        }
        return any;
    }

    private boolean reopen() {
        for (Region region : regions) {
            if (region.health().trouble().isPresent()) {
                opener.open(region);
            }
        }
        return false;
    }

    private boolean collect() {
        if (chance.nextInt(TURNS_PER_PASS) == 0) {
            try {
                collector.collect(
                        regions.get(chance.nextInt(regions.size())).id(), chance.nextInt(4) == 0);
            } catch (StoreException e) {
                // the next pass goes on
            }
        }
        return false;
    }

    static Map<Work.Action, Integer> slots(int each) {
        return Map.of(
                Work.Action.CopyImage, each,
                Work.Action.CopySnapshot, each,
                Work.Action.ImportImage, each,
                Work.Action.ExportImage, each,
                Work.Action.VerifyImages, each);
    }
}
