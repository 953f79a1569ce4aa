package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.imageferry.catalog.Nodes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several nodes over one catalog and the same stores, and one copy or a few. Which node moves is the test's
/// to say: one works until it is about to do something in a store, and then another.
class FanOutTest {
    private static final int NODES = 3;
    private static final int PARTS = 6;

    private final EngineScene first = EngineScene.opened();
    private final Requests ask = new Requests(first);
    private final List<EngineScene> nodes =
            IntStream.rangeClosed(1, NODES)
                    .mapToObj(i -> new EngineScene(first.durable(), 10L + i, "node-" + i))
                    .toList();

    FanOutTest() {
        nodes.forEach(EngineScene::open);
    }

    @AfterEach
    void close() {
        first.close();
    }

    private ImageId runningCopy(int parts, long seed, RegionId destination) throws Exception {
        ImageId copy = ask.copy(ME, ask.image(ME, A, Requests.disk(parts, seed)), A, destination);
        nodes.getFirst().startTasks(destination);
        return copy;
    }

    private List<Nodes.Held> held() {
        return first.see(tables -> tables.nodes().held(100));
    }

    /// In the middle of its next part of the region's copies, this node stands still until `then` is over.
    private static void whileItWorks(EngineScene node, RegionId region, Runnable then)
            throws InterruptedException {
        whileItDoes(Operation.Kind.WRITE, node, region, then);
    }

    private static void whileItDoes(
            Operation.Kind kind, EngineScene node, RegionId region, Runnable then)
            throws InterruptedException {
        AtomicBoolean there = new AtomicBoolean();
        node.before(operation -> {
            boolean block = operation.name().value().startsWith("segments/");
            if (block && operation.kind() == kind && !there.getAndSet(true)) {
                then.run();
            }
            return Optional.empty();
        });
        node.doPart(region);
        assertThat(there).as("a part that it worked on").isTrue();
    }

    /// All nodes are in the middle of a part at once.
    private void whileAllDo(Operation.Kind kind, RegionId region, Runnable then)
            throws InterruptedException {
        whileTheyDo(0, kind, region, then);
    }

    private void whileTheyDo(int from, Operation.Kind kind, RegionId region, Runnable then)
            throws InterruptedException {
        if (from == NODES) {
            then.run();
            return;
        }
        Runnable others =
                () -> {
                    try {
                        whileTheyDo(from + 1, kind, region, then);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        whileItDoes(kind, nodes.get(from), region, others);
    }

    @Test
    void thePartsOfOneCopyAreClaimedByAllNodes() throws Exception {
        ImageId copy = runningCopy(PARTS, 1, B);
        List<Nodes.Held> atOnce = new ArrayList<>();
        whileAllDo(Operation.Kind.WRITE, B, () -> atOnce.addAll(held()));
        assertThat(atOnce)
                .extracting(Nodes.Held::node)
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
        assertThat(atOnce)
                .extracting(held -> held.part().orElseThrow())
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(first.bringing(copy).progress().done()).isEqualTo(3 * Disks.PART_BYTES);
        whileAllDo(Operation.Kind.WRITE, B, () -> {});
        assertThat(ask.content(copy)).containsExactly(Requests.disk(PARTS, 1));
    }

    @Test
    void aNodeThatStallsIsOvertakenAndComesBackInVain() throws Exception {
        ImageId copy = runningCopy(2, 2, B);
        long before = first.objects(B);
        whileItWorks(
                nodes.getFirst(),
                B,
                () -> {
                    first.later(Leases.USUAL);
                    finish(nodes.getLast(), B, 2);
                });
        assertThat(first.bringing(copy).state()).isInstanceOf(TaskState.Done.class);
        assertThat(first.objects(B) - before).as("a segment and a manifest a part").isEqualTo(4);
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 2));
    }

    private static void finish(EngineScene node, RegionId region, int parts) {
        try {
            for (int i = 0; i < parts; i++) {
                assertThat(node.doPart(region)).isTrue();
            }
            assertThat(node.doPart(region)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void progressOfAllNodesAddsUpAndNeverFalls() throws Exception {
        ImageId copy = runningCopy(PARTS, 3, B);
        List<Long> seen = new ArrayList<>();
        Runnable look = () -> seen.add(first.bringing(copy).progress().done());
        whileAllDo(Operation.Kind.WRITE, B, look);
        look.run();
        whileItWorks(
                nodes.getFirst(),
                B,
                () -> {
                    look.run();
                    first.later(Leases.USUAL);
                    finish(nodes.getLast(), B, 3);
                    look.run();
                });
        look.run();
        assertThat(seen).isSorted().last().isEqualTo(PARTS * Disks.PART_BYTES);
        assertThat(first.bringing(copy).progress().total()).isEqualTo(PARTS * Disks.PART_BYTES);
    }

    /// Each node looks at its claims twice a second.
    @Test
    void aCancelReachesEachNodeWithItsNextLookAndNoneWritesAnyMore() throws Exception {
        ImageId copy = runningCopy(PARTS, 4, B);
        long before = first.store(B).bytesWritten();
        whileAllDo(
                Operation.Kind.READ,
                B,
                () -> {
                    assertThat(held()).hasSize(NODES);
                    ask.copies().cancel(ask.me(), B, copy);
                    nodes.forEach(node -> node.shop().leases().look(node.shop().catalog()));
                });
        assertThat(first.store(B).bytesWritten()).isEqualTo(before);
        assertThat(held()).isEmpty();
        for (EngineScene node : nodes) {
            assertThat(node.doPart(B)).isFalse();
        }
    }

    /// Each region has workers of its own on each node, so a turn of each is a round.
    @Test
    void noRegionWithWorkWaitsWhileAnotherGetsTwoTurns() throws Exception {
        ImageId five = ask.image(ME, A, Requests.disk(PARTS, 5));
        ImageId six = ask.image(ME, A, Requests.disk(PARTS, 6));
        ImageId one = ask.copy(ME, five, A, B);
        ImageId other = ask.copy(ME, six, A, C);
        first.startTasks(B);
        first.startTasks(C);
        for (int round = 1; round <= PARTS; round++) {
            EngineScene node = nodes.get(round % NODES);
            assertThat(node.doPart(B)).isTrue();
            assertThat(node.doPart(C)).isTrue();
            assertThat(first.bringing(one).progress().done()).isEqualTo(round * Disks.PART_BYTES);
            assertThat(first.bringing(other).progress().done()).isEqualTo(round * Disks.PART_BYTES);
        }
        assertThat(ask.content(one)).containsExactly(Requests.disk(PARTS, 5));
        assertThat(ask.content(other)).containsExactly(Requests.disk(PARTS, 6));
    }
}
