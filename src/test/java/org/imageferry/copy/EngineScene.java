package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.imageferry.blocks.FooterCache;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.imageferry.store.Buckets;
import org.imageferry.store.FaultyRegionStore;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.MemoryScratch;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// One node over three regions, for tests of single promises: nothing happens by chance, and what was
/// asked for is done when the test says so.
final class EngineScene implements AutoCloseable {
    static final AccountId ME = new AccountId("0000000000000001");
    static final AccountId OTHER = new AccountId("0000000000000002");
    static final RegionId A = new RegionId("region-a");
    static final RegionId B = new RegionId("region-b");
    static final RegionId C = new RegionId("region-c");
    static final RegionId NOWHERE = new RegionId("region-x");
    static final Duration GRACE = Duration.ofMinutes(10);
    static final long MOST_IMAGE_BYTES = 10 * Disks.PART_BYTES;

    private static final Duration SCRUB = Duration.ofHours(1);
    private static final Duration SCRUB_IDLE = Duration.ofMinutes(1);
    private static final String NODE = "node";
    private static final int MOST_ROUNDS = 200;

    private final Durable durable;
    private final String node;
    private final Ids ids;
    private final SegmentBuffers buffers = new SegmentBuffers(4, Duration.ofHours(1), 1);
    private Function<Operation, Optional<StoreException>> faults = _ -> Optional.empty();
    private Buckets buckets;
    private final TestKeys keys;
    private MemoryScratch scratch = new MemoryScratch();
    private Workshop shop;

    EngineScene() {
        this(new Durable(1, new TestClock(), 3, 2), 2);
    }

    /// @param seed of what has ids: another for another scene over the same stores
    EngineScene(Durable durable, long seed) {
        this(durable, seed, NODE);
    }

    /// @param node its name among others
    EngineScene(Durable durable, long seed, String node) {
        this.durable = durable;
        this.node = node;
        this.ids = new Ids(new SplittableRandom(seed));
        this.buckets = durable.buckets();
        this.keys = new TestKeys(durable.catalog(), new SplittableRandom(seed + 1));
        this.shop = start();
    }

    private Workshop start() {
        return new Workshop(
                durable.catalog(),
                new RegionMap(durable.regions().stream().map(this::region).toList()),
                (account, region, name) -> buckets.find(account, region, name),
                scratch,
                ids,
                node,
                Disks.PART_BYTES,
                new FooterCache(100),
                buffers,
                new Lanes(Executors.newVirtualThreadPerTaskExecutor(), 1, 1_000),
                keys.seals(),
                new Leases(Leases.USUAL, this::nanos),
                _ -> {});
    }

    private Region region(RegionId id) {
        RegionHealth health = new RegionHealth();
        FaultyRegionStore faulty = new FaultyRegionStore(store(id), this::fault);
        return new Region(
                id,
                id.value(),
                new WatchedStore(faulty, health),
                Node.slots(1),
                MOST_IMAGE_BYTES,
                health);
    }

    private Optional<StoreException> fault(Operation operation) {
        return faults.apply(operation);
    }

    /// A scene whose regions are open.
    static EngineScene opened() {
        EngineScene scene = new EngineScene();
        scene.open();
        return scene;
    }

    void open() {
        shop.regions().all().forEach(new RegionOpener(durable.catalog(), node)::open);
    }

    /// The process is gone; another takes up its work.
    void crash() {
        scratch = new MemoryScratch();
        shop = start();
        durable.catalog()
                .write(tables -> {
                    tables.claims().expire(node);
                    return node;
                });
        open();
    }

    /// What stores do before each operation from now on: fail, or note it.
    void before(Function<Operation, Optional<StoreException>> next) {
        faults = next;
    }

    /// Which buckets there are from now on.
    void buckets(Function<Buckets, Buckets> change) {
        buckets = change.apply(buckets);
    }

    Durable durable() {
        return durable;
    }

    TestKeys keys() {
        return keys;
    }

    MemoryScratch scratch() {
        return scratch;
    }

    Workshop shop() {
        return shop;
    }

    Region regionOf(RegionId id) {
        return shop.regions().get(id);
    }

    MemoryRegionStore store(RegionId id) {
        return durable.store(id);
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, durable.clock().instant()).toNanos();
    }

    void later(Duration time) {
        durable.clock().advance(time);
    }

    <T> T see(Function<Tables, T> look) {
        return durable.catalog().read(look);
    }

    <T> T change(Function<Tables, T> change) {
        return durable.catalog().write(change);
    }

    Optional<Image> image(ImageId id) {
        return see(tables -> tables.images().find(id));
    }

    List<SnapshotId> snapshots(ImageId id) {
        return image(id).orElseThrow().disks().stream().map(disk -> disk.snapshot()).toList();
    }

    Task task(TaskId id) {
        return this.<Optional<Task>>see(tables -> tables.tasks().find(id)).orElseThrow();
    }

    /// The task that brought the image, or brings it.
    Task bringing(ImageId id) {
        return this.<Optional<Task>>see(tables -> tables.tasks().bringing(id)).orElseThrow();
    }

    Collection<Task> queue(RegionId region) {
        return see(tables -> tables.tasks().queue(region, 100));
    }

    /// Gives free slots of the region away.
    void startTasks(RegionId region) {
        TaskStarter starter = new TaskStarter(shop);
        for (Work.Action action : Work.Action.values()) {
            starter.step(regionOf(region), action);
        }
    }

    /// Does one part of the region's tasks.
    boolean doPart(RegionId region) throws InterruptedException {
        return new PartWorker(shop).step(regionOf(region));
    }

    /// Works on everything until nothing is open any more, or time does not help.
    void work() throws InterruptedException {
        TaskStarter starter = new TaskStarter(shop);
        Unpacker unpacker = new Unpacker(shop);
        for (int round = 0; round < MOST_ROUNDS && anythingOpen(); round++) {
            unpack(unpacker);
            for (Region region : shop.regions().all()) {
                for (Work.Action action : Work.Action.values()) {
                    starter.step(region, action);
                }
                new PartWorker(shop).step(region);
                new Exporter(shop).step(region);
                new Verifier(shop).step(region);
            }
            later(Duration.ofSeconds(10));
        }
    }

    private static void unpack(Unpacker unpacker) throws InterruptedException {
        try {
            unpacker.step();
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads all that the region's store holds, and heals what ails.
    void scrubAndHeal(RegionId region) {
        scrub(region);
        heal(region);
    }

    void scrub(RegionId region) {
        later(SCRUB);
        Scrubber scrubber = new Scrubber(shop, SCRUB);
        while (scrubber.step(regionOf(region)).compareTo(SCRUB_IDLE) < 0) {
            // the next object
        }
    }

    /// Looks at each part whose time has come.
    void heal(RegionId region) {
        Healer healer = new Healer(shop);
        while (healer.step(regionOf(region))) {
            // the next part
        }
    }

    private boolean anythingOpen() {
        return durable.regions().stream().anyMatch(region -> !queue(region).isEmpty());
    }

    Collected collect(RegionId region, boolean now) throws StoreException {
        return new Collector(shop, GRACE, Courtesy.NONE).collect(region, now);
    }

    /// Deletes at once, and compacts into segments of so many bytes.
    Collected collectInto(int bytes, RegionId region) throws StoreException {
        return new Collector(shop, GRACE, Courtesy.NONE, bytes).collect(region, true);
    }

    /// Everything a store holds of images: segments and manifests.
    /// By name.
    List<ObjectName> objects(RegionId region, String folder) {
        return store(region).objects().stream()
                .filter(name -> name.value().startsWith(folder))
                .sorted(Comparator.comparing(ObjectName::value))
                .toList();
    }

    long objects(RegionId region) {
        return store(region).objects().stream()
                .filter(name -> name.value().matches("(segments|manifests)/.*"))
                .count();
    }

    @Override
    public void close() {
        durable.close();
    }
}
