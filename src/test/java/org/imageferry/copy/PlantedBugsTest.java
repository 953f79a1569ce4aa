package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The worlds of [EngineSimulationTest] with a bug in each: a simulation that finds none proves nothing.
class PlantedBugsTest {
    private static final int MOST_SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFound(Mutation bug) {
        Optional<AssertionError> failure =
                Worlds.firstFailure(1, MOST_SEEDS, seed -> World.of(seed, bug), _ -> {});
        assertThat(failure).as("what went wrong in one of the worlds").isPresent();
        assertThat(whole(failure.get())).containsPattern(bug.broken());
    }

    private static String whole(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
