package org.imageferry.catalog.jdbc;

import org.imageferry.catalog.CatalogContract;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Runs the contract on PostgreSQL.
class PostgresCatalogTest implements CatalogContract {
    private final TestClock clock = new TestClock();
    private PostgresAddress address;
    private PostgresCatalog catalog;
    private CatalogScenes scenes;

    @BeforeEach
    void openCatalog() {
        address = TestPostgres.migrated();
        catalog = TestPostgres.open(address, clock);
        scenes = new CatalogScenes(catalog);
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
        TestPostgres.giveBack(address);
    }

    @Override
    public PostgresCatalog catalog() {
        return catalog;
    }

    @Override
    public TestClock clock() {
        return clock;
    }

    @Override
    public CatalogScenes scenes() {
        return scenes;
    }
}
