package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three real nodes over one PostgreSQL, shared folders and a bucket, of which some are always killed,
/// suspended until others have their work, or cut off from the database or the bucket: what was
/// acknowledged by any is kept by all.
///
/// `-Dimageferry.test.faults=N` says how many faults (default 10), `-Dseed=S` makes the same choices again; the
/// moments themselves are the machine's.
final class ChaosTest {
    private static final int FAULTS = Integer.getInteger("imageferry.test.faults", 10);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int NODES = 3;

    /// So one node at least is left in peace.
    private static final int HANDS = NODES - 1;

    private static final String KEY = "disk-";

    /// Of copies, where the settings say something else than usual.
    private static final Map<String, Integer> RUNNING =
            Map.of("cn-hangzhou", 1, "cn-shanghai", 2, "eu-central-1", 1);

    @TempDir private Path folder;

    @Test
    void nodesKeepTheirPromisesWhateverHappensToSomeOfThem() throws Exception {
        Random random = new Random(SEED);
        Ledger ledger = new Ledger();
        List<TestDisk> disks = disks();
        try (Fleet fleet = new Fleet(folder, NODES, random)) {
            System.out.println("ChaosTest: " + FAULTS + " faults, -Dseed=" + SEED);
            for (int i = 0; i < disks.size(); i++) {
                fleet.wire().upload(disks.get(i), Fleet.REGIONS.getFirst(), KEY + i);
            }
            KillLife life = new KillLife(fleet, ledger, random, disks, KEY);
            KillProof proof = new KillProof(fleet, ledger);
            Map<FleetFaults.Fault, Integer> faults = liveWithFaults(fleet, ledger, life, proof);
            proof.atRest();
            proof.nothingIsLeftBehind();
            proof.namesAreFree(KEY + 0);
            PartsDone parts = new PartsDone();
            fleet.lives().forEach(parts::note);
            CatalogInvariants.check(fleet.catalog());
            System.out.println(
                    "ChaosTest: %s; %d parts done, each once; %d parts given up by late or cancelled workers; %d images proved"
                            .formatted(
                                    faults,
                                    parts.count(),
                                    fleet.logged("part given up: the task was cancelled"),
                                    ledger.proven.size()));
            assertThat(parts.count()).isPositive();
        } catch (Throwable e) {
            throw new AssertionError("with -Dseed=" + SEED, e);
        }
    }

    private static Map<FleetFaults.Fault, Integer> liveWithFaults(
            Fleet fleet, Ledger ledger, KillLife life, KillProof proof) throws Exception {
        AtomicInteger left = new AtomicInteger(FAULTS);
        Map<FleetFaults.Fault, Integer> counts = new TreeMap<>();
        List<FleetFaults> hands = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection catalog = DriverManager.getConnection(fleet.catalog())) {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < HANDS; i++) {
                FleetFaults hand = new FleetFaults(fleet, new Random(SEED + 1 + i), left);
                hands.add(hand);
                working.add(
                        threads.submit(() -> {
                            hand.run();
                            return hand;
                        }));
            }
            while (!working.stream().allMatch(Future::isDone)) {
                life.live();
                requireLimits(catalog);
                while (!ledger.unanswered.isEmpty()) {
                    life.askAgain();
                }
                look(fleet, proof);
            }
            for (Future<?> each : working) {
                each.get();
            }
        }
        hands.forEach(hand ->
                hand.counts().forEach((fault, count) -> counts.merge(fault, count, Integer::sum)));
        return counts;
    }

    /// A node may be gone in the middle of it.
    private static void look(Fleet fleet, KillProof proof) throws EcsFailure {
        try {
            proof.atAnyMoment();
        } catch (EcsFailure e) {
            assertThat(fleet.leavesOpen(e)).as(e.reason()).isTrue();
        }
    }

    private static void requireLimits(Connection catalog) throws SQLException {
        try (Statement statement = catalog.createStatement();
                ResultSet running =
                        statement.executeQuery(
                                """
                                select region, count(*) from task
                                where status = 'Processing' and action = 'CopyImage' group by region
                                """)) {
            while (running.next()) {
                String region = running.getString(1);
                assertThat(running.getInt(2))
                        .as("copies that run into %s", region)
                        .isLessThanOrEqualTo(RUNNING.getOrDefault(region, 0));
            }
        }
    }

    /// As the disks of the kill test: the second is the first with one part changed, the third has little in
    /// common with both.
    private List<TestDisk> disks() throws Exception {
        return List.of(
                TestDisk.make(folder.resolve("one.raw"), 1, 2, 3),
                TestDisk.make(folder.resolve("two.raw"), 1, 4, 3),
                TestDisk.make(folder.resolve("three.raw"), 5, 1, 6));
    }
}
