package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Nodes.Duty;
import org.imageferry.domain.RegionId;

/// A node of a [Fleet]: the workers that it has for each of its regions, and how they learn that there is something
/// to do. None has a thread while it has nothing to do.
final class FleetNode {
    /// As many as the server has.
    private static final int PART_WORKERS = 4;

    /// From a commit to the one who is told of it, at most.
    private static final int TELLING_MICROS = 5_000;

    private final VirtualTime time;
    private final CostedCatalog catalog;
    private final int others;
    private final Workshop shop;
    private final RandomGenerator chance;
    private final Map<RegionId, List<Worker>> workers = new HashMap<>();
    private final LinkedHashSet<Region> rung = new LinkedHashSet<>();
    private boolean looking;
    private Duration took = Duration.ZERO;

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

    /// @param others so many other nodes there are
    /// @param shop for what is to be called when there may be work in a region
    FleetNode(
            VirtualTime time,
            CostedCatalog catalog,
            int others,
            Function<Consumer<RegionId>, Workshop> shop,
            RandomGenerator chance) {
        this.time = time;
        this.catalog = catalog;
        this.others = others;
        this.chance = chance;
        this.shop = shop.apply(this::heard);
        TaskStarter starter = new TaskStarter(this.shop);
        PartWorker parts = new PartWorker(this.shop);
        RecordWriter records = new RecordWriter(this.shop, this::isOnDuty);
        for (Region region : this.shop.regions().all()) {
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

    /// As the server finds out.
    private boolean isOnDuty(Region region) {
        Duration length = Duration.ofSeconds(30);
        return catalog.read(t -> t.nodes().has(region.id(), Duty.RECORD, shop.node(), length))
                || catalog.write(
                        t -> t.nodes().take(region.id(), Duty.RECORD, shop.node(), length));
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
            time.owe(courtesy());
            time.settle();
            List<Region> regions = List.copyOf(rung);
            rung.clear();
            Instant began = time.now();
            Map<RegionId, Errands> found =
                    catalog.look(
                            regions.size(), tables -> Errands.of(tables, regions, shop.node()));
            time.settle();
            took = Duration.between(began, time.now());
            for (Region region : regions) { // in their order: a run is to be repeatable
                Errands errands = found.get(region.id());
                if (errands != null) {
                    errands.kinds().forEach(kind -> call(region.id(), kind));
                }
            }
        }
        looking = false;
    }

    /// As long as the server waits.
    private Duration courtesy() {
        long most = took.toNanos() * 5 * others * (1 + inWork());
        return Duration.ofNanos(chance.nextLong(Math.min(most, 1_000_000_000) + 1));
    }

    private long inWork() {
        return workers.values().stream()
                .flatMap(List::stream)
                .filter(worker -> worker.busy && worker.kind == Errands.Kind.PARTS)
                .count();
    }

    /// One who has nothing to do, else the first.
    private void call(RegionId region, Errands.Kind kind) {
        List<Worker> able =
                workers.getOrDefault(region, List.of()).stream()
                        .filter(worker -> worker.kind == kind)
                        .toList();
        able.stream()
                .filter(worker -> !worker.busy)
                .findFirst()
                .or(() -> able.stream().findFirst())
                .ifPresent(this::wake);
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
