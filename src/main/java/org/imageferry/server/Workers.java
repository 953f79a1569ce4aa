package org.imageferry.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.imageferry.catalog.Nodes.Duty;
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

/// The threads that move the engine forward. Each region has its own, so that a store that hangs holds
/// up nobody else.
final class Workers implements AutoCloseable {
    /// So many parts of a region at a time: while some are ended, which waits for disks, others keep the cores busy.
    private static final int PARTS_AT_ONCE = 4;

    /// So many regions have one part in work, and so many parts beyond these there are. A region whose store hangs or
    /// is slow keeps one of the former from others.
    private static final int REGIONS_AT_ONCE = 12;

    private static final int MORE_PARTS = 6;

    /// Exports and verifications, of all regions together.
    private static final int WHOLES_AT_ONCE = 6;

    /// Who has claimed one of these finds a lane free, so that none is claimed that would wait for memory.
    static final int WORKS_AT_ONCE = REGIONS_AT_ONCE + MORE_PARTS + WHOLES_AT_ONCE;

    /// The longest that those look for nothing who look for themselves.
    private static final Duration IDLE = Duration.ofSeconds(2);

    /// The least that a worker sleeps that is called when a look finds work for it; twice that is the most.
    private static final Duration UNCALLED = Duration.ofMinutes(1);

    private static final Duration LOOK_WHETHER_STOPPED = Duration.ofMillis(200);
    private static final Duration REOPEN = Duration.ofSeconds(2);

    /// From what one region's threads do now and then to the next region's: calls would wait for all at once.
    private static final Duration APART = Duration.ofMillis(20);

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
    private final Calls calls;
    private final Engine.GarbageCollection collector;
    private final Presence presence;
    private final Duties duties;
    private final Crew crew;
    private final Semaphore firstParts = new Semaphore(REGIONS_AT_ONCE, true);
    private final Semaphore moreParts = new Semaphore(MORE_PARTS, true);
    private final Semaphore wholes = new Semaphore(WHOLES_AT_ONCE, true);

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
        this.crew = new Crew(end);
        this.bells = installation.bells();
        this.collector = collector;
        this.presence = installation.presence();
        this.duties = installation.duties();
        this.calls = new Calls(duties.alone() ? PARTS_AT_ONCE : 1);
        crew.every(Presence.LOOK, Duration.ZERO, "presence", PLAIN, this::lookAround);
        crew.every(UPLOADS, Duration.ZERO, "uploads", PLAIN, () -> forgetUploads(installation));
        crew.every(KEYS, Duration.ZERO, "keys", PLAIN, () -> deleteKeys(installation));
        crew.every(CLAIMS, Duration.ZERO, "claims", PLAIN, this::lookAtClaims);
        Unpacker unpacker = new Unpacker(shop);
        whenRung("unpack", COURTEOUS, unlessDraining(unpacker::step));
        whenRung("webhooks", PLAIN, unlessDraining(announcements.deliverer()::step));
        Collection<Region> regions = shop.regions().all();
        Lookout lookout =
                new Lookout(
                        shop.catalog(),
                        shop.node(),
                        regions,
                        bells,
                        calls,
                        System::nanoTime,
                        presence::others,
                        this::partsInWork,
                        new SplittableRandom());
        crew.add("look", PLAIN, lookout::turn);
        int nth = 0;
        for (Region region : regions) {
            employ(region, courtesy);
            Duration apart = APART.multipliedBy(nth);
            crew.paced("scrub-" + region.id(), apart, COURTEOUS, () -> scrub(scrubber, region));
            crew.every(REOPEN, apart, "reopen-" + region.id(), PLAIN, () -> reopen(region));
            Duration before = collecting.multipliedBy(nth++).dividedBy(regions.size());
            Duration length = (collecting.compareTo(DUTY) < 0 ? collecting : DUTY).plus(RECORDS);
            crew.every(
                    collecting,
                    before,
                    "collect-" + region.id(),
                    COURTEOUS,
                    unlessDraining(() -> collect(region, length)));
        }
    }

    /// Those who wait for a call.
    private void employ(Region region, RealCourtesy courtesy) {
        PartWorker parts = new PartWorker(shop);
        Stagger stagger = new Stagger(System::nanoTime);
        for (int i = 0; i < PARTS_AT_ONCE; i++) {
            Callable<Boolean> step =
                    inPlace(
                            i == 0 ? firstParts : moreParts,
                            unlessDraining(() -> courtesy.first(() -> parts.step(region))));
            whenCalled(
                    "part-" + i,
                    region,
                    Kind.PARTS,
                    i,
                    duties.alone() ? step : () -> stagger.inTurn(step));
        }
        Exporter exporter = new Exporter(shop);
        whenCalled(
                "export",
                region,
                Kind.EXPORT,
                0,
                inPlace(wholes, unlessDraining(() -> exporter.step(region))));
        Verifier verifier = new Verifier(shop);
        whenCalled(
                "verify",
                region,
                Kind.VERIFY,
                0,
                inPlace(wholes, unlessDraining(() -> verifier.step(region))));
        Healer healer = new Healer(shop, it -> hasDuty(it, Duty.HEAL, DUTY));
        whenCalled("heal", region, Kind.HEAL, 0, unlessDraining(() -> healer.step(region)));
        TaskStarter starter = new TaskStarter(shop);
        whenCalled("queue", region, Kind.START, 0, unlessDraining(() -> starter.step(region)));
        RecordWriter records = new RecordWriter(shop, it -> hasDuty(it, Duty.RECORD, RECORDS));
        whenCalled("record", region, Kind.RECORDS, 0, () -> records.step(region));
    }

    void start() {
        crew.start();
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

    private int partsInWork() {
        int free = firstParts.availablePermits() + moreParts.availablePermits();
        return REGIONS_AT_ONCE + MORE_PARTS - free;
    }

    /// Waits for one of the places that regions share.
    private Callable<Boolean> inPlace(Semaphore places, Callable<Boolean> step) {
        return () -> {
            while (!places.tryAcquire(LOOK_WHETHER_STOPPED.toNanos(), TimeUnit.NANOSECONDS)) {
                if (crew.dismissed()) {
                    return false;
                }
            }
            try {
                return step.call();
            } finally {
                places.release();
            }
        };
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
        while (more && !crew.dismissed()) {
            more = collector.collect(region.id(), false).more();
        }
        return open;
    }

    /// @param rank among the region's workers of this kind: the first is called first
    private void whenCalled(
            String name, Region region, Kind kind, int rank, Callable<Boolean> step) {
        ThreadFactory factory =
                switch (kind) {
                    case START, RECORDS -> PLAIN;
                    case PARTS, EXPORT, VERIFY, HEAL -> COURTEOUS;
                };
        Call call = calls.of(region.id(), kind);
        crew.add(
                name + "-" + region.id(),
                factory,
                new OnCall(call, rank, Workers::uncalled, step, crew::dismissed));
    }

    /// By chance, so that no two that began to sleep together wake together.
    private static Duration uncalled() {
        return UNCALLED.plusMillis(ThreadLocalRandom.current().nextLong(UNCALLED.toMillis()));
    }

    /// Works as long as there is something to do, then sleeps until any bell rings.
    private void whenRung(String name, ThreadFactory factory, Callable<Boolean> step) {
        Bell bell = bells.ofAll();
        Looks looks = new Looks();
        crew.add(
                name,
                factory,
                () -> {
                    long heard = bell.rings();
                    boolean found = step.call();
                    looks.looked(found);
                    if (!found) {
                        Duration deaf = looks.deaf();
                        looks.slept(deaf, bell.await(heard, deaf, IDLE));
                    }
                });
    }

    /// Lets each worker end its piece, but waits no longer than ten seconds: what a worker has not
    /// committed by then is done again after the next start.
    @Override
    public void close() {
        crew.dismiss();
        bells.ringAll();
        calls.end();
        crew.await(PATIENCE);
    }
}
