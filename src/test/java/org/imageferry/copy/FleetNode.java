package org.imageferry.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.imageferry.domain.RegionId;

/// A node of a [Fleet]: the workers that it has for each of its regions, and how they learn that there is something
/// to do. None has a thread while it has nothing to do.
final class FleetNode {
    /// As many as the server has.
    private static final int PART_WORKERS = 4;

    /// From a commit to the one who is told of it, at most.
    private static final int TELLING_MICROS = 5_000;

    private final VirtualTime time;
    private final Workshop shop;
    private final RandomGenerator chance;
    private final Map<RegionId, List<Worker>> workers = new HashMap<>();
    private final LinkedHashSet<Region> rung = new LinkedHashSet<>();
    private boolean looking;

    /// What a worker does.
    private interface Steps {
        /// @return whether there was anything to do
        boolean step() throws Exception;
    }

    private static final class Worker {
        private final Errands.Kind kind;
        private final Steps steps;
        private boolean busy;
        private boolean again;

        Worker(Errands.Kind kind, Steps steps) {
            this.kind = kind;
            this.steps = steps;
        }
    }

    FleetNode(VirtualTime time, Workshop shop, RandomGenerator chance) {
        this.time = time;
        this.chance = chance;
        this.shop = shop;
        TaskStarter starter = new TaskStarter(shop);
        PartWorker parts = new PartWorker(shop);
        RecordWriter records = new RecordWriter(shop);
        for (Region region : shop.regions().all()) {
            List<Worker> mine = new ArrayList<>();
            mine.add(new Worker(Errands.Kind.START, () -> starter.step(region)));
            for (int i = 0; i < PART_WORKERS; i++) {
                mine.add(new Worker(Errands.Kind.PARTS, () -> parts.step(region)));
            }
            mine.add(new Worker(Errands.Kind.RECORDS, () -> records.step(region)));
            workers.put(region.id(), mine);
        }
    }

    Workshop shop() {
        return shop;
    }

    /// Something happened in a region, here or elsewhere.
    void heard(RegionId region) {
        Optional<Region> mine = shop.regions().find(region);
        if (mine.isPresent() && rung.add(mine.get()) && !looking) {
            looking = true;
            Duration way = Duration.ofNanos(1_000L * chance.nextInt(TELLING_MICROS));
            time.later(way, () -> time.start(this::look));
        }
    }

    /// Looks at all regions, as it does now and then whoever rang.
    void lookAtAll() {
        shop.regions().all().forEach(region -> heard(region.id()));
    }

    private void look() {
        while (!rung.isEmpty()) {
            Region region = rung.removeFirst();
            Errands errands = shop.catalog().read(tables -> Errands.of(tables, region));
            time.settle();
            for (Worker worker : workers.getOrDefault(region.id(), List.of())) {
                if (errands.has(worker.kind)) {
                    wake(worker);
                }
            }
        }
        looking = false;
    }

    private void wake(Worker worker) {
        worker.again = true;
        if (!worker.busy) {
            worker.busy = true;
            time.start(() -> work(worker));
        }
    }

    private void work(Worker worker) throws Exception {
        while (worker.again) {
            worker.again = false;
            while (worker.steps.step()) {
                time.settle();
            }
            time.settle();
        }
        worker.busy = false;
    }
}
