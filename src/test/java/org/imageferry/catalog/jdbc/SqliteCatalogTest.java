package org.imageferry.catalog.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogContract;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Runs the contract on both kinds of SQLite catalogs.
class SqliteCatalogTest {
    @TempDir static Path folder;

    @Nested
    class InFile extends Fixture {
        /// Made once: to run the migrations for each test takes longer than the test.
        private static Path empty;

        @BeforeAll
        static void makeAnEmptyCatalog() {
            empty = folder.resolve("empty.db");
            SqliteCatalog.open(empty, new TestClock(), new Random(1)).close();
        }

        @Override
        Catalog open() throws IOException {
            Path file =
                    Files.copy(empty, Files.createTempDirectory(folder, "test").resolve("c.db"));
            return SqliteCatalog.open(file, clock(), new Random(1));
        }
    }

    @Nested
    class InMemory extends Fixture {
        @Override
        Catalog open() {
            return SqliteCatalog.inMemory(clock(), new Random(1));
        }
    }

    abstract static class Fixture implements CatalogContract {
        private final TestClock clock = new TestClock();
        private Catalog catalog;
        private CatalogScenes scenes;

        abstract Catalog open() throws IOException;

        @BeforeEach
        void openCatalog() throws IOException {
            catalog = open();
            scenes = new CatalogScenes(catalog);
        }

        @AfterEach
        void closeCatalog() {
            catalog.close();
        }

        @Override
        public Catalog catalog() {
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
}
