package org.imageferry.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Nodes.Duty;
import org.imageferry.copy.Errands;
import org.imageferry.copy.Errands.Kind;
import org.imageferry.copy.Exporter;
import org.imageferry.copy.Healer;
import org.imageferry.copy.PartWorker;
import org.imageferry.copy.RecordWriter;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionOpener;
import org.imageferry.copy.Scrubber;
import org.imageferry.copy.TaskStarter;
import org.imageferry.copy.Unpacker;
import org.imageferry.copy.Verifier;
import org.imageferry.copy.Workshop;
import org.imageferry.ecs.action.Engine;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that move the engine forward. Each region has its own, so that a store that hangs holds
/// up nobody else.
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /// So many parts of a region at a time: while some are ended, which waits for disks, others keep the cores busy.
    private static final int PARTS_AT_ONCE = 4;

    /// The longest nobody looks whether there is work, for instance a part's next try.
    private static final Duration IDLE = Duration.ofSeconds(2);

    /// The longest a worker sleeps that is woken when a look finds work for it.
    private static final Duration UNCALLED = Duration.ofMinutes(1);

    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);
    private static final Duration REOPEN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Uploads that nobody went on with go after a day; they are looked for every hour.
    private static final Duration UPLOADS = Duration.ofHours(1);

    /// Keys wait for their deletion for days: an hour more is nothing.
    private static final Duration KEYS = Duration.ofHours(1);

    /// A cancelled copy is given up within a second by all nodes.
    static final Duration CLAIMS = Duration.ofMillis(500);

    /// When a node is lost, another writes records so much later.
    private static final Duration RECORDS = Duration.ofSeconds(30);

    /// And looks after the stores so much later, at most.
    private static final Duration DUTY = Duration.ofMinutes(5);

    private static final Duration REST_FROM_DUTY = Duration.ofMinutes(1);

    private static final Duration UPLOAD_KEPT = Duration.ofHours(24);

    private static final ThreadFactory PLAIN = Thread.ofPlatform().daemon().factory();

    /// Of those that compute for long: who waits for an answer comes first.
    private static final ThreadFactory COURTEOUS = new Courteous(PLAIN);

    private final Workshop shop;
    private final Bells bells;
    private final Calls calls = new Calls();
    private final Engine.GarbageCollection collector;
    private final Presence presence;
    private final Duties duties;
    private final List<Thread> threads = new ArrayList<>();
    private final Consumer<String> end;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// @param collecting the time between two passes of the collector
    /// @param courtesy the collector's
    /// @param end is told why the process must end, if it must
    Workers(
            Installation installation,
            Announcements announcements,
            Engine.GarbageCollection collector,
            Duration collecting,
            Scrubber scrubber,
            RealCourtesy courtesy,
            Consumer<String> end) {
        this.shop = installation.shop();
        this.end = end;
        this.bells = installation.bells();
        this.collector = collector;
        this.presence = installation.presence();
        this.duties = installation.duties();
        every(Presence.LOOK, "presence", this::lookAround);
        every(UPLOADS, "uploads", () -> forgetUploads(installation));
        every(KEYS, "keys", () -> deleteKeys(installation));
        every(CLAIMS, "claims", this::lookAtClaims);
        Unpacker unpacker = new Unpacker(shop);
        whenRung("unpack", COURTEOUS, bells.ofAll(), IDLE, unlessDraining(unpacker::step));
        whenRung(
                "webhooks",
                PLAIN,
                bells.ofAll(),
                IDLE,
                unlessDraining(announcements.deliverer()::step));
        Collection<Region> regions = shop.regions().all();
        int nth = 0;
        for (Region region : regions) {
            employ(region, courtesy);
            paced("scrub-" + region.id(), () -> scrub(scrubber, region));
            every(REOPEN, "reopen-" + region.id(), () -> reopen(region));
            Duration before = collecting.multipliedBy(nth++).dividedBy(regions.size());
            Duration length = (collecting.compareTo(DUTY) < 0 ? collecting : DUTY).plus(RECORDS);
            every(
                    collecting,
                    before,
                    "collect-" + region.id(),
                    COURTEOUS,
                    unlessDraining(() -> collect(region, length)));
        }
    }

    /// Those who wait for a call, and the one who looks whom to call.
    private void employ(Region region, RealCourtesy courtesy) {
        PartWorker parts = new PartWorker(shop);
        Stagger stagger = new Stagger(System::nanoTime);
        for (int i = 0; i < PARTS_AT_ONCE; i++) {
            Callable<Boolean> step = unlessDraining(() -> courtesy.first(() -> parts.step(region)));
            whenCalled(
                    "part-" + i,
                    region,
                    Kind.PARTS,
                    duties.alone() ? step : () -> stagger.inTurn(step));
        }
        Exporter exporter = new Exporter(shop);
        whenCalled("export", region, Kind.EXPORT, unlessDraining(() -> exporter.step(region)));
        Verifier verifier = new Verifier(shop);
        whenCalled("verify", region, Kind.VERIFY, unlessDraining(() -> verifier.step(region)));
        Healer healer = new Healer(shop, it -> hasDuty(it, Duty.HEAL, DUTY));
        whenCalled("heal", region, Kind.HEAL, unlessDraining(() -> healer.step(region)));
        TaskStarter starter = new TaskStarter(shop);
        whenCalled("queue", region, Kind.START, unlessDraining(() -> starter.step(region)));
        RecordWriter records = new RecordWriter(shop, it -> hasDuty(it, Duty.RECORD, RECORDS));
        whenCalled("record", region, Kind.RECORDS, () -> records.step(region));
        looking(region);
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private static boolean forgetUploads(Installation installation) throws StoreException {
        Instant before = Instant.now().minus(UPLOAD_KEPT);
        int remote = installation.stores().forgetUploads(before);
        return installation.buckets().forgetUploads(before) + remote > 0;
    }

    private static boolean deleteKeys(Installation installation) {
        installation.keys().deleteDue();
        return true;
    }

    private boolean lookAtClaims() {
        shop.leases().look(shop.catalog());
        return true;
    }

    private boolean reopen(Region region) {
        boolean closed = region.health().trouble().isPresent();
        if (closed) {
            new RegionOpener(shop.catalog(), shop.node()).open(region);
            bells.ring(region.id());
        }
        return closed;
    }

    private boolean lookAround() {
        presence.look();
        return true;
    }

    private boolean hasDuty(Region region, Duty duty, Duration length) {
        return duties.has(region.id(), duty, length);
    }

    /// What a drained node has it ends, but it begins nothing.
    private Callable<Boolean> unlessDraining(Callable<Boolean> step) {
        return () -> !presence.draining() && step.call();
    }

    private Duration scrub(Scrubber scrubber, Region region) {
        return !presence.draining() && hasDuty(region, Duty.SCRUB, DUTY)
                ? scrubber.step(region)
                : REST_FROM_DUTY;
    }

    /// @param length for which the duty is taken: so that the same node makes the next pass
    private boolean collect(Region region, Duration length) throws StoreException {
        boolean open = region.health().gone().isEmpty() && hasDuty(region, Duty.COLLECT, length);
        boolean more = open;
        while (more && stopped.getCount() > 0) {
            more = collector.collect(region.id(), false).more();
        }
        return open;
    }

    /// One look for all of the region's workers, whenever the bell rings: were each to look for itself, the catalog
    /// would have a dozen times as much to do, on each node that hears of a change.
    private void looking(Region region) {
        Looks looks = new Looks();
        Bell bell = bells.of(region.id());
        thread(
                "look-" + region.id(),
                PLAIN,
                () -> {
                    long heard = bell.rings();
                    Errands errands = shop.catalog().read(tables -> Errands.of(tables, region));
                    errands.kinds().forEach(kind -> calls.of(region.id(), kind).ring());
                    Duration deaf = looks.after(!errands.kinds().isEmpty());
                    looks.slept(deaf, bell.await(heard, deaf, IDLE));
                });
    }

    /// Works as long as there is something to do, then sleeps until a look finds more.
    private void whenCalled(String name, Region region, Kind kind, Callable<Boolean> step) {
        ThreadFactory factory =
                switch (kind) {
                    case START, RECORDS -> PLAIN;
                    case PARTS, EXPORT, VERIFY, HEAL -> COURTEOUS;
                };
        Bell call = calls.of(region.id(), kind);
        whenRung(name + "-" + region.id(), factory, call, UNCALLED, step);
    }

    /// Works as long as there is something to do, then sleeps until the bell rings.
    ///
    /// @param most the longest it sleeps
    private void whenRung(
            String name, ThreadFactory factory, Bell bell, Duration most, Callable<Boolean> step) {
        Looks looks = new Looks();
        thread(
                name,
                factory,
                () -> {
                    long heard = bell.rings();
                    boolean found = step.call();
                    Duration deaf = looks.after(found);
                    if (!found) {
                        looks.slept(deaf, bell.await(heard, deaf, most));
                    }
                });
    }

    private void every(Duration rest, String name, Callable<Boolean> step) {
        every(rest, Duration.ZERO, name, PLAIN, step);
    }

    /// @param before the time before the first, so that what has the same rest does not always meet
    private void every(
            Duration rest,
            Duration before,
            String name,
            ThreadFactory factory,
            Callable<Boolean> step) {
        AtomicBoolean first = new AtomicBoolean(true);
        thread(
                name,
                factory,
                () -> {
                    Duration wait = first.getAndSet(false) ? before : rest;
                    if (!stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                        step.call();
                    }
                });
    }

    /// @param step says how long to rest
    private void paced(String name, Callable<Duration> step) {
        thread(
                name,
                COURTEOUS,
                () -> {
                    Duration rest = step.call();
                    boolean _ = stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS);
                });
    }

    private interface Turn {
        void run() throws Exception;
    }

    private void thread(String name, ThreadFactory factory, Turn turn) {
        Runnable loop =
                () -> {
                    while (stopped.getCount() > 0) {
                        run(turn);
                    }
                };
        Thread thread = factory.newThread(loop);
        thread.setName(name);
        threads.add(thread);
    }

    /// A fault of ours, or a catalog that can't be written: said once a second, and tried again.
    private void run(Turn turn) {
        try {
            try {
                turn.run();
            } catch (StoreException | RuntimeException e) {
                if (e instanceof CatalogException gone && gone.replaced()) {
                    end.accept(String.valueOf(gone.getMessage()));
                } else if (stopped.getCount() > 0) {
                    LOG.atError().setCause(e).log("worker failed");
                }
                stopped.await(AFTER_A_FAULT.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        } catch (Exception e) {
            throw new IllegalStateException("no worker ends so", e);
        }
    }

    /// Lets each worker end its piece, but waits no longer than ten seconds: what a worker has not
    /// committed by then is done again after the next start.
    @Override
    public void close() {
        stopped.countDown();
        bells.ringAll();
        calls.ringAll();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
