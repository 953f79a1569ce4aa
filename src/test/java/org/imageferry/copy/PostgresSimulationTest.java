package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// A few of the engine's worlds on PostgreSQL, in each run of the tests. All of them, and all other tests of
/// the engine, run on it with `-Dimageferry.test.catalog=postgresql`.
@DisabledIfSystemProperty(
        named = "imageferry.test.catalog",
        matches = "postgresql",
        disabledReason = "EngineSimulationTest is on PostgreSQL itself")
class PostgresSimulationTest {
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("seed"));
    private static final long SEEDS = 12;

    /// By a thread of the platform: one virtual thread that waits within a class's initializer, and another that waits
    /// for that, hold both carriers of a machine with two cores.
    @BeforeAll
    static void startTheServer() {
        TestPostgres.drop(TestPostgres.migrated());
    }

    @Test
    void theRulesHoldOnPostgresToo() {
        Worlds.firstFailure(SEED.orElse(1L), SEED.orElse(SEEDS), World::onPostgres, _ -> {})
                .ifPresent(failure -> {
                    throw failure;
                });
    }
}
