package org.imageferry.catalog.jdbc;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;

/// The catalog that tests of the engine run on: SQLite in memory or, with
/// `-Dimageferry.test.catalog=postgresql`, PostgreSQL.
///
/// @param over what to do with it at the end
public record TestCatalog(Catalog catalog, Runnable over) implements AutoCloseable {
    private static final boolean POSTGRES =
            "postgresql".equals(System.getProperty("imageferry.test.catalog"));

    public static TestCatalog open(InstantSource clock, RandomGenerator random) {
        return POSTGRES ? onPostgres(clock) : of(SqliteCatalog.inMemory(clock, random));
    }

    /// One that needs nothing but to be closed.
    public static TestCatalog of(Catalog catalog) {
        return new TestCatalog(catalog, () -> {});
    }

    /// One in PostgreSQL, whatever the tests run on.
    public static TestCatalog onPostgres(InstantSource clock) {
        PostgresAddress address = TestPostgres.migrated();
        return new TestCatalog(
                TestPostgres.open(address, clock), () -> TestPostgres.giveBack(address));
    }

    @Override
    public void close() {
        catalog.close();
        over.run();
    }
}
