package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real server with SIGKILL while it works, and starts it again: what it acknowledged is
/// kept, what was cancelled leaves nothing, and no finished part is copied twice.
///
/// `-Dkills=N` kills it so often (default 12), `-Dseed=S` makes the same choices again; the moments
/// themselves are the machine's.
final class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 12);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final String KEY = "disk-";

    @TempDir private Path folder;

    @Test
    void aKilledServerKeepsItsPromises() throws Exception {
        Random random = new Random(SEED);
        Ledger ledger = new Ledger();
        List<TestDisk> disks = disks();
        try (KillScene scene = new KillScene(folder, random)) {
            System.out.println("KillTest: " + KILLS + " kills, -Dseed=" + SEED);
            KillLife life = new KillLife(scene, ledger, random, disks, KEY);
            KillProof proof = new KillProof(scene, ledger);
            upload(scene, disks, random);
            while (scene.kills() < KILLS) {
                scene.killAfter(lifetime(random), life::live);
                scene.restart();
                life.askAgain();
                proof.atAnyMoment();
                if (random.nextInt(3) == 0) {
                    proof.atRest();
                }
            }
            proof.atRest();
            proof.nothingIsLeftBehind();
            proof.namesAreFree(KEY + 0);
            System.out.println("KillTest: " + scene);
            assertThat(scene.partsDone()).as("parts whose end was logged").isPositive();
            assertThat(scene.deathsAtWork()).as("deaths that interrupted work").isPositive();
        } catch (Throwable e) {
            throw new AssertionError("with -Dseed=" + SEED + " -Dkills=" + KILLS, e);
        }
    }

    /// Short lives are as likely as long ones: a change takes milliseconds, a copy a second.
    private static Duration lifetime(Random random) {
        return Duration.ofMillis(random.nextInt(1 + random.nextInt(LONGEST_LIFE_MILLIS)));
    }

    /// The second disk is the first with one part changed, the third has little in common with both.
    private List<TestDisk> disks() throws Exception {
        return List.of(
                TestDisk.make(folder.resolve("one.raw"), 1, 2, 3, 4, 5, 6),
                TestDisk.make(folder.resolve("two.raw"), 1, 2, 3, 7, 5, 6),
                TestDisk.make(folder.resolve("three.raw"), 8, 1, 9, 10, 11));
    }

    /// The server dies while the first disk is on its way; the upload goes on where it was.
    private static void upload(KillScene scene, List<TestDisk> disks, Random random)
            throws Exception {
        String region = KillScene.REGIONS.getFirst();
        TestUpload first =
                new TestUpload(
                        scene.wire().buckets(), Wire.object(region, KEY + 0), disks.getFirst());
        scene.killAfter(lifetime(random), () -> runUntilKilled(first));
        scene.restart();
        first.by(scene.wire().buckets()).run();
        for (int i = 1; i < disks.size(); i++) {
            scene.wire().upload(disks.get(i), region, KEY + i);
        }
    }

    private static void runUntilKilled(TestUpload upload) throws Exception {
        try {
            upload.run();
        } catch (EcsFailure e) {
            assertThat(e.status()).as(e.reason()).isZero();
        }
    }
}
