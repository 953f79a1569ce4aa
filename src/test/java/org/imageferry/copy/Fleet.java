package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.PageCutter;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Quota;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.MemoryScratch;
import org.imageferry.store.paced.Pace;

/// Many regions, many nodes and a long queue, on the engine's own queue, claims and commits, in virtual time. What
/// transactions and parts take is assumed; which come and in what order is the engine's doing.
///
/// A node has at most a hundred regions, as its settings have, so regions and nodes come in sites; a copy goes from
/// a region to another of its site.
final class Fleet implements AutoCloseable {
    /// @param regions in all
    /// @param sites that they are spread over evenly, and the nodes
    /// @param nodes in all
    /// @param accounts the first asks for half of all copies, the others for the rest
    /// @param images to be copied, in each region
    /// @param parts of an image; the first is the same in many
    /// @param partBytes that a part brings, as stored
    /// @param partFixed what a part takes besides
    /// @param bytesPerSecond of a node's link, and of a store's
    record Size(
            int regions,
            int sites,
            int nodes,
            int copies,
            int accounts,
            int images,
            int parts,
            long partBytes,
            Duration partFixed,
            long bytesPerSecond,
            CostedCatalog.Costs catalog) {}

    /// The server's.
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final int COMMON_PARTS = 4;

    /// Longer than any part waits for its node's link: the engine renews while bytes move, which here is no work.
    private static final Duration CLAIMED = Duration.ofHours(12);

    private final Size size;
    private final SplittableRandom chance;
    private final TestClock clock = new TestClock();
    private final VirtualTime time = new VirtualTime(clock);
    private final Durable durable;
    private final CostedCatalog catalog;
    private final SegmentBuffers buffers = new SegmentBuffers(2, Duration.ofHours(1), 1);
    private final Map<RegionId, Pace> paces = new HashMap<>();
    private final Map<RegionId, List<FleetNode>> ofRegion = new HashMap<>();
    private final List<FleetNode> nodes = new ArrayList<>();
    private final TestKeys keys;
    private final FleetWatch watch = new FleetWatch(1);
    private boolean begun;
    private long requests;

    private record Golden(ImageId image, AccountId owner, RegionId region) {}

    private record Pair(ImageId image, RegionId destination) {}

    Fleet(long seed, Size size) {
        this.size = size;
        this.chance = new SplittableRandom(seed);
        this.durable =
                new Durable(
                        TestCatalog.open(clock, chance.split()),
                        clock,
                        regions(size),
                        size.accounts());
        this.catalog = new CostedCatalog(durable.catalog(), time, size.catalog());
        this.keys = new TestKeys(catalog, chance.split());
        durable.regions().forEach(region -> paces.put(region, new Pace(size.bytesPerSecond())));
        allowEnough();
        for (int number = 0; number < size.nodes(); number++) {
            add(number);
        }
        catalog.listen(this::rang);
    }

    private static List<RegionId> regions(Size size) {
        List<RegionId> regions = new ArrayList<>();
        for (int i = 0; i < size.regions(); i++) {
            regions.add(new RegionId("region-%04d".formatted(i)));
        }
        return regions;
    }

    private void allowEnough() {
        durable.catalog()
                .write(tables -> {
                    durable.regions().forEach(tables.regions()::ensure);
                    for (AccountId account : durable.accounts()) {
                        tables.accounts().setQuota(account, Quota.IMAGES, size.copies());
                    }
                    return size;
                });
    }

    private int site(int number, int of) {
        return number * size.sites() / of;
    }

    private void add(int number) {
        Pace pace = new Pace(size.bytesPerSecond());
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < size.regions(); i++) {
            if (site(i, size.regions()) == site(number, size.nodes())) {
                regions.add(region(durable.regions().get(i), pace));
            }
        }
        FleetNode node =
                new FleetNode(
                        time,
                        catalog,
                        size.nodes() - 1,
                        wake -> workshop("node-" + number, regions, wake),
                        chance.split());
        nodes.add(node);
        for (Region region : regions) {
            ofRegion.computeIfAbsent(region.id(), _ -> new ArrayList<>()).add(node);
        }
    }

    private Region region(RegionId id, Pace ofNode) {
        MemoryRegionStore store = durable.store(id);
        FarStore far =
                new FarStore(
                        store,
                        time,
                        Objects.requireNonNull(paces.get(id)),
                        ofNode,
                        size.partBytes(),
                        size.partFixed());
        return new Region(id, id.value(), far, Node.slots(1), 1L << 40, new RegionHealth());
    }

    private Workshop workshop(String name, List<Region> regions, Consumer<RegionId> wake) {
        return new Workshop(
                catalog,
                new RegionMap(regions),
                durable.buckets(),
                new MemoryScratch(),
                new Ids(chance.split()),
                name,
                Disks.PART_BYTES,
                new FooterCache(1_000),
                buffers,
                new Lanes(Executors.newVirtualThreadPerTaskExecutor(), 1, 1_000),
                keys.seals(),
                new Leases(CLAIMED, () -> Duration.between(Instant.EPOCH, time.now()).toNanos()),
                wake);
    }

    private void rang(RegionId region) {
        if (begun) {
            watch.look(
                    region,
                    durable.catalog()
                            .read(tables -> tables.tasks().running(region, Work.Action.CopyImage)),
                    time.now());
            ofRegion.getOrDefault(region, List.of()).forEach(node -> node.heard(region));
        }
    }

    /// Brings the images, and queues the copies; all of it takes no time.
    void queue() throws Exception {
        List<Golden> images = new ArrayList<>();
        for (FleetNode node : nodes) {
            for (Region region : node.shop().regions().all()) {
                if (firstOf(region.id()) == node) {
                    for (int i = 0; i < size.images(); i++) {
                        images.add(image(node.shop(), region));
                    }
                }
            }
        }
        Set<Pair> asked = new HashSet<>();
        while (asked.size() < size.copies()) {
            Golden image = images.get(chance.nextInt(images.size()));
            FleetNode node = firstOf(image.region());
            List<Region> site = List.copyOf(node.shop().regions().all());
            RegionId to = site.get(chance.nextInt(site.size())).id();
            if (!to.equals(image.region()) && asked.add(new Pair(image.image(), to))) {
                ImageId copy =
                        copies(node.shop())
                                .copy(
                                        caller(image.owner()),
                                        Requests.copying(image.image(), image.region(), to));
                watch.queued(
                        durable.catalog()
                                .read(tables -> tables.tasks().bringing(copy))
                                .orElseThrow(),
                        time.now());
            }
        }
    }

    private FleetNode firstOf(RegionId region) {
        return ofRegion.getOrDefault(region, List.of()).getFirst();
    }

    private Caller caller(AccountId account) {
        return new Caller(account, "key", "nonce " + requests++);
    }

    private ImageCopies copies(Workshop shop) {
        return new ImageCopies(new Changes(catalog), shop.regions(), keys.choices(), shop.ids());
    }

    private AccountId anyAccount() {
        List<AccountId> accounts = durable.accounts();
        return chance.nextBoolean()
                ? accounts.getFirst()
                : accounts.get(chance.nextInt(accounts.size()));
    }

    private Golden image(Workshop shop, Region region) throws Exception {
        AccountId owner = anyAccount();
        ObjectKey key = new ObjectKey("disk-" + requests + ".raw");
        durable.put(owner, region.id(), key, disk());
        ImageId image =
                new ImageImports(
                                new Changes(catalog),
                                shop.regions(),
                                shop.buckets(),
                                keys.choices(),
                                shop.ids())
                        .importImage(caller(owner), Requests.importing(region.id(), key))
                        .image();
        new TaskStarter(shop).step(region, Work.Action.ImportImage);
        PartWorker parts = new PartWorker(shop);
        while (parts.step(region)) {
            // the next part
        }
        return new Golden(image, owner, region.id());
    }

    /// One block in each part; that of the first many disks have.
    private byte[] disk() {
        byte[] disk = new byte[Math.toIntExact(size.parts() * Disks.PART_BYTES)];
        for (int part = 0; part < size.parts(); part++) {
            byte[] page = new byte[PageCutter.PAGE_BYTES];
            (part == 0 ? new SplittableRandom(chance.nextInt(COMMON_PARTS)) : chance)
                    .nextBytes(page);
            System.arraycopy(page, 0, disk, Math.toIntExact(part * Disks.PART_BYTES), page.length);
        }
        return disk;
    }

    /// Sets the nodes going, and waits until no copy is open.
    void run() {
        begun = true;
        nodes.forEach(this::looksNowAndThen);
        while (anyOpen()) {
            for (int i = 0; i < 2_000; i++) {
                time.step();
            }
        }
    }

    private void looksNowAndThen(FleetNode node) {
        node.lookAtAll();
        time.later(LOOK, () -> looksNowAndThen(node));
    }

    private boolean anyOpen() {
        return !durable.catalog().read(tables -> tables.tasks().loads()).isEmpty();
    }

    /// Copies that did not make an image.
    long failed() {
        return durable
                .catalog()
                .read(tables -> tables.tasks().ended(Instant.EPOCH, Integer.MAX_VALUE))
                .stream()
                .filter(task -> !(task.state() instanceof TaskState.Done))
                .count();
    }

    Durable durable() {
        return durable;
    }

    FleetWatch watch() {
        return watch;
    }

    CostedCatalog catalog() {
        return catalog;
    }

    Size size() {
        return size;
    }

    @Override
    public void close() {
        time.close();
        durable.close();
    }
}
