package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.imageferry.blocks.DamagedException;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.StoreException;

/// A world made from a seed: regions, nodes, clients, and whatever happens to them. All of it follows
/// from the seed, so a failure can be looked at again.
///
/// The rules are checked after every step, a step being one transaction or one operation of a store.
final class World implements AutoCloseable {
    private static final int MOST_STEPS = 60_000;
    private static final int MOST_CRASHES = 6;
    private static final int STEPS_PER_FULL_LOOK = 64;
    private static final Duration JUMP = Leases.USUAL.plusSeconds(30);

    /// When no store is still busy with what it was asked by a process that is gone.
    private static final Duration LATER = Duration.ofHours(26);

    /// Segments are put together in 17 MiB each, far too much to make anew for each world.
    private static final ConcurrentLinkedQueue<SegmentBuffers> BUFFERS =
            new ConcurrentLinkedQueue<>();

    private static final int MOST_BUFFERS = 16;

    private final long seed;
    private final Knobs knobs;
    private final RandomGenerator chance;
    private final Trace trace = new Trace();
    private final Durable durable;
    private final Scheduler scheduler;
    private final Accidents accidents;
    private final Known known = new Known();
    private final TaskWatch tasks;
    private final Rot rot;
    private final EndWatch ends;
    private final BytesWatch bytes;
    private final PlacesWatch places;
    private final TurnWatch turns;
    private final ContentReader reader;
    private final Clients clients;
    private final SegmentBuffers buffers;
    private final Ids ids;
    private final List<Node> nodes = new ArrayList<>();
    private final UnaryOperator<Tables> bug;
    private boolean changed;
    private boolean removed;
    private long steps;
    private int crashes;

    World(long seed, Knobs knobs, UnaryOperator<Tables> bug) {
        this(seed, knobs, bug, TestCatalog::open);
    }

    private World(
            long seed,
            Knobs knobs,
            UnaryOperator<Tables> bug,
            BiFunction<TestClock, RandomGenerator, TestCatalog> catalog) {
        this.seed = seed;
        this.knobs = knobs;
        this.bug = bug;
        SplittableRandom root = new SplittableRandom(seed);
        this.chance = root.split();
        TestClock clock = new TestClock();
        this.durable =
                new Durable(
                        catalog.apply(clock, new SplittableRandom(root.nextLong())),
                        clock,
                        knobs.regions(),
                        knobs.accounts());
        this.scheduler = new Scheduler(chance, clock, trace);
        this.accidents = new Accidents(knobs, chance, scheduler, clock);
        this.reader = new ContentReader(durable);
        this.tasks = new TaskWatch(durable.regions(), known, new QueueWatch(knobs.slots()));
        this.rot = new Rot(durable, chance, trace);
        this.ends = new EndWatch(durable, known, reader, rot);
        this.bytes = new BytesWatch(durable, known, rot);
        this.places = new PlacesWatch(durable, known, rot);
        this.turns = new TurnWatch(durable, tasks);
        this.clients =
                new Clients(knobs, chance, scheduler, durable, known, tasks, this::readyNode);
        this.buffers =
                Optional.ofNullable(BUFFERS.poll())
                        .orElseGet(() -> new SegmentBuffers(MOST_BUFFERS, Duration.ofHours(1), 1));
        this.ids = new Ids(root.split());
        for (int i = 1; i <= knobs.nodes(); i++) {
            nodes.add(node("node-" + i));
        }
    }

    static World of(long seed) {
        return new World(seed, Knobs.by(new SplittableRandom(seed)), tables -> tables);
    }

    /// One whose catalog is in PostgreSQL, whatever the others are on.
    static World onPostgres(long seed) {
        return new World(
                seed,
                Knobs.by(new SplittableRandom(seed)),
                tables -> tables,
                (clock, _) -> TestCatalog.onPostgres(clock));
    }

    /// One whose stores rot.
    static World rotten(long seed) {
        return new World(seed, Knobs.ROTTEN, tables -> tables);
    }

    static World of(long seed, Mutation mutation) {
        return new World(seed, mutation.knobs(), mutation.plant());
    }

    private Node node(String name) {
        SteeredCatalog catalog =
                new SteeredCatalog(
                        new WatchedCatalog(durable.catalog(), bug, bytes, places, turns),
                        scheduler,
                        () -> changed = true);
        return new Node(
                name,
                scheduler,
                chance,
                catalog,
                durable.regions().stream().map(id -> region(id, durable.store(id))),
                new SteeredBuckets(durable.buckets(), scheduler, accidents),
                ids,
                buffers,
                () -> Duration.between(Instant.EPOCH, durable.clock().instant()).toNanos(),
                turns,
                knobs.rot() != Often.NEVER);
    }

    private Region region(RegionId id, MemoryRegionStore store) {
        RegionHealth health = new RegionHealth();
        SteeredStore steered =
                new SteeredStore(id.value(), store, scheduler, accidents, () -> removed = true);
        return new Region(
                id,
                id.value(),
                new WatchedStore(steered, health),
                Node.slots(knobs.slots()),
                1L << 30,
                health);
    }

    private Optional<Node> readyNode() {
        List<Node> ready = nodes.stream().filter(Node::ready).toList();
        return ready.isEmpty()
                ? Optional.empty()
                : Optional.of(ready.get(chance.nextInt(ready.size())));
    }

    /// Runs it to its end.
    ///
    /// @throws AssertionError with the seed and the last steps, if a rule is broken
    void run() {
        try {
            nodes.forEach(Node::start);
            clients.start();
            while (!clients.done()) {
                step();
                happen();
            }
            settle();
        } catch (AssertionError | RuntimeException | StoreException | DamagedException e) {
            throw new AssertionError(
                    e.getMessage()
                            + "\n\n"
                            + knobs
                            + "\nThe last steps were:\n"
                            + trace
                            + "\n\nTo see it again: -Dseed="
                            + seed,
                    e);
        }
    }

    private void step() throws StoreException, DamagedException {
        scheduler.step();
        Rules.ENDS.require(steps++ < MOST_STEPS, () -> "still open: " + tasks.open());
        if (changed) {
            look();
        }
        if (removed || steps % STEPS_PER_FULL_LOOK == 0) {
            removed = false;
            durable.catalog().read(this::lookAtAll);
        }
    }

    private void look() throws StoreException, DamagedException {
        changed = false;
        List<Task> ended =
                durable.catalog()
                        .read(tables -> {
                            bytes.lookIfTouched(tables);
                            places.lookIfTouched(tables);
                            return tasks.look(tables);
                        });
        for (Task task : ended) {
            ends.ended(task);
        }
    }

    private boolean lookAtAll(Tables tables) {
        known.check(tables);
        tasks.checkEnded(tables);
        bytes.look(tables);
        places.look(tables);
        return true;
    }

    private void happen() throws StoreException {
        if (knobs.rot().now(chance)) {
            rot.strike();
        }
        if (knobs.jumps().now(chance)) {
            durable.clock().advance(JUMP);
        }
        if (knobs.outages().now(chance)) {
            accidents.lose(anyStore());
        }
        if (crashes < MOST_CRASHES && knobs.crashes().now(chance)) {
            crashes++;
            int which = chance.nextInt(nodes.size());
            nodes.set(which, crash(nodes.get(which)));
        }
    }

    private String anyStore() {
        List<RegionId> regions = durable.regions();
        return regions.get(chance.nextInt(regions.size())).value();
    }

    /// Kills a node, and starts it anew.
    private Node crash(Node node) {
        trace.note(node.name(), "is killed");
        scheduler.kill(node);
        durable.catalog().read(this::lookAtAll);
        Node next = node(node.name());
        next.start();
        return next;
    }

    /// Lets what was begun come to its end, the garbage go, and looks at what is left.
    private void settle() throws StoreException, DamagedException {
        accidents.end();
        while (!quiet()) {
            step();
        }
        scheduler.killAll();
        durable.catalog().read(this::lookAtAll);
        durable.clock().advance(JUMP); // nobody who is gone is making a store any more
        Node caretaker = node("caretaker");
        for (Region region : caretaker.regions()) {
            caretaker.opener().open(region);
        }
        if (rot.happened()) {
            caretaker.scrubAndHeal(durable.clock());
        }
        for (Known.KnownSnapshot snapshot : known.snapshots()) {
            if (durable.catalog().read(t -> t.snapshots().find(snapshot.id())).isPresent()) {
                ends.requireSoundOrDamaged(snapshot.id());
            }
        }
        durable.catalog().read(ends::requireStates);
        for (Region region : caretaker.regions()) {
            caretaker.collector().collect(region.id(), false);
            durable.clock().advance(LATER);
            caretaker.collector().collect(region.id(), false);
            new LastLook(durable, known, region.id(), rot).look();
        }
        durable.catalog().read(this::lookAtAll);
    }

    private boolean quiet() {
        return tasks.open().isEmpty()
                && durable.catalog()
                        .read(tables ->
                                durable.regions().stream()
                                        .allMatch(region ->
                                                tables.outbox().pending(region, 1).isEmpty()));
    }

    /// All tasks that came to an end.
    Collection<Task> ended() {
        return tasks.ended();
    }

    /// Whether blocks were moved, and anybody needed them afterwards.
    boolean compacted() {
        return places.displaced();
    }

    /// Its last steps, and what tasks came to.
    @Override
    public String toString() {
        return trace + "\n" + tasks.ended();
    }

    @Override
    public void close() {
        scheduler.killAll();
        BUFFERS.add(buffers);
        durable.close();
    }
}
