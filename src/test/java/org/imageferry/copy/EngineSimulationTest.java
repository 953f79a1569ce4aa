package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.Test;

/// The engine in worlds made from seeds. `-Dseed=N` runs one of them, `-Dseeds=N` the first so many.
class EngineSimulationTest {
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("seed"));
    private static final long SEEDS = Long.getLong("seeds", 500);

    /// Each of these takes three times as long.
    private static final long ROTTEN = Math.min(Long.getLong("seeds", 60), 200);

    /// After ten tries of one part, or an hour: not in every few thousand worlds.
    private static final Set<String> RARE = Set.of("CopyImage Failed", "CopySnapshot Failed");

    @Test
    void theRulesHoldInEveryWorldAndAfterEveryStep() {
        Set<String> ends = new ConcurrentSkipListSet<>();
        AtomicInteger compacted = new AtomicInteger();
        Worlds.firstFailure(
                        SEED.orElse(1L),
                        SEED.orElse(SEEDS),
                        World::of,
                        world -> {
                            ends.addAll(ends(world.ended()));
                            compacted.addAndGet(world.compacted() ? 1 : 0);
                        })
                .ifPresent(failure -> {
                    throw failure;
                });
        if (SEED.isEmpty()) {
            assertThat(ends).as("what tasks came to").containsAll(possibleEnds());
            assertThat(compacted).as("worlds in which blocks moved").hasPositiveValue();
        }
    }

    @Test
    void whatRotsIsHealedOrMadeKnown() {
        Worlds.firstFailure(SEED.orElse(1L), SEED.orElse(ROTTEN), World::rotten, _ -> {})
                .ifPresent(failure -> {
                    throw failure;
                });
    }

    /// A world in which nothing happens breaks no rule.
    private static List<String> possibleEnds() {
        return Stream.of(Work.Action.values())
                .flatMap(action ->
                        Stream.of("Done", "Failed", "Cancelled").map(end -> action + " " + end))
                .filter(end -> !RARE.contains(end))
                .toList();
    }

    private static List<String> ends(Collection<Task> ended) {
        return ended.stream()
                .map(task -> task.work().action() + " " + task.state().getClass().getSimpleName())
                .toList();
    }

    @Test
    void aSeedMakesTheSameWorldEachTime() {
        assertThat(history(7)).isEqualTo(history(7));
    }

    private static String history(long seed) {
        try (World world = World.of(seed)) {
            world.run();
            return world.toString();
        }
    }
}
