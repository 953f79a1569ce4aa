package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.StoredObjects.Kind.SEGMENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Racing;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can go wrong with a file, and what readers and the writer of one see of each other.
class SqliteFileTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("catalog.db");
    }

    private SqliteCatalog open() {
        return SqliteCatalog.open(file, new TestClock(), new Random());
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private void assertFails(ThrowingCallable action, String... words) {
        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(action)
                .withMessageContainingAll(words);
    }

    private static long generation(Catalog catalog) {
        return catalog.read(tables -> tables.regions().generation(HANGZHOU));
    }

    private static void setGeneration(Catalog catalog, long generation) {
        catalog.write(tables -> {
            tables.regions().setGeneration(HANGZHOU, generation);
            return generation;
        });
    }

    @Test
    void aCatalogThatIsOpenedAgainIsTheSame() {
        String installation;
        try (Catalog catalog = open()) {
            new CatalogScenes(catalog);
            setGeneration(catalog, 7);
            installation = catalog.read(tables -> tables.regions().installation());
        }
        try (Catalog catalog = open()) {
            assertThat(generation(catalog)).isEqualTo(7);
            assertThat(catalog.<String>read(tables -> tables.regions().installation()))
                    .isEqualTo(installation);
        }
    }

    @Test
    void theVersionInTheFileIsThatOfTheLastMigration() throws SQLException {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            int version = statement.executeQuery("pragma user_version").getInt(1);
            assertThat(version).isEqualTo(Migrations.NEWEST);
            assertThat(
                            statement
                                    .executeQuery(
                                            """
                                            select max(cast(version as integer))
                                            from flyway_schema_history where success
                                            """)
                                    .getInt(1))
                    .isEqualTo(version);
        }
    }

    @Test
    void aCatalogOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
        open().close();
        execute("pragma user_version = 99");
        byte[] before = Files.readAllBytes(file);
        assertFails(
                this::open, file.toString(), "newer imageferry", "version 99", "start the newer");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        String text = "golden image, please do not delete\n".repeat(100);
        Files.writeString(file, text);
        assertFails(this::open, file.toString(), "no SQLite database", "imageferry rebuild");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aDatabaseOfSomethingElseIsRefused() throws Exception {
        execute("create table photo (id integer)", "pragma user_version = 1");
        assertFails(this::open, file.toString(), "holds something else");
    }

    @Test
    void aFolderThatIsMissingOrCannotBeWrittenIsToldClearly() {
        file = folder.resolve("missing").resolve("catalog.db");
        assertFails(this::open, file.toString(), "can't be opened", "folder exists");
    }

    /// Root may write into any folder, so only a system folder is sure to refuse.
    @Test
    void aReadOnlyFolderIsToldClearly() {
        file = Path.of("/proc/imageferry-catalog.db");
        assumeThat(file.getParent()).isDirectory();
        assertFails(this::open, file.toString(), "can't be", "writable");
    }

    @Test
    void aDamagedCatalogIsToldClearly() throws Exception {
        try (Catalog catalog = open()) {
            CatalogScenes scenes = new CatalogScenes(catalog);
            scenes.image(scenes.account(), HANGZHOU);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int page = 2 * 4096; page < bytes.length; page += 4096) {
            Arrays.fill(bytes, page, page + 100, (byte) 0x55);
        }
        Files.write(file, bytes);
        assertFails(
                () -> {
                    try (Catalog catalog = open()) {
                        catalog.read(tables -> tables.accounts().all());
                    }
                },
                file.toString(),
                "is damaged",
                "imageferry rebuild");
    }

    @Test
    void aFullDiskIsToldClearlyAndLosesNothing() {
        try (Catalog catalog = open()) {
            CatalogScenes scenes = new CatalogScenes(catalog);
            Scope scope = scenes.scope();
            limitPages(catalog, 140);
            AtomicInteger written = new AtomicInteger();
            assertFails(
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            scenes.part(scope, 10);
                            written.incrementAndGet();
                        }
                    },
                    file.toString(),
                    "disk is full",
                    "Free some space");
            assertThat(written.get()).isPositive();
            long parts =
                    catalog.<Long>read(tables -> sql(tables).number("select count(*) from part"));
            assertThat(parts).isEqualTo(written.get());
            assertFails(() -> scenes.objects(scope, SEGMENT, 1_000), "disk is full");
            limitPages(catalog, 1_000);
            scenes.part(scope, 10);
        }
    }

    /// As if the disk had room for as many pages of the file.
    private static void limitPages(Catalog catalog, int pages) {
        catalog.write(tables ->
                sql(tables).list("pragma max_page_count = " + pages, row -> row.getLong(1)));
    }

    private static Sql sql(Tables tables) {
        return ((JdbcTables) tables).sql();
    }

    @Test
    void aReadDelaysNoWriterAndKeepsItsState() {
        try (Catalog catalog = open()) {
            new CatalogScenes(catalog);
            catalog.read(tables -> {
                assertThat(tables.regions().generation(HANGZHOU)).isZero();
                Racing.elsewhere(() -> {
                    setGeneration(catalog, 7);
                    return true;
                });
                assertThat(tables.regions().generation(HANGZHOU)).isZero();
                return true;
            });
            assertThat(generation(catalog)).isEqualTo(7);
        }
    }

    @Test
    void aReadSeesNothingOfAWriteUnderWay() {
        try (Catalog catalog = open()) {
            new CatalogScenes(catalog);
            catalog.write(tables -> {
                tables.regions().setGeneration(HANGZHOU, 7);
                assertThat(Racing.elsewhere(() -> generation(catalog))).isZero();
                return true;
            });
            assertThat(generation(catalog)).isEqualTo(7);
        }
    }

    @Test
    void moreReadersThanConnectionsWaitForOneAnother() throws Exception {
        try (Catalog catalog = open()) {
            new CatalogScenes(catalog);
            setGeneration(catalog, 7);
            assertThat(Racing.all(20, _ -> generation(catalog))).containsOnly(7L);
        }
    }
}
