package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The new catalog takes the place of the old one, which stays.
final class CatalogSwapTest {
    @TempDir private Path folder;
    private Path catalog = Path.of("");
    private Path kept = Path.of("");
    private CatalogSwap swap = new CatalogSwap(catalog, kept);

    @BeforeEach
    void aNewCatalog() throws IOException {
        catalog = folder.resolve("catalog.db");
        kept = folder.resolve("catalog.db.before-rebuild");
        swap = new CatalogSwap(catalog, folder.resolve("catalog.db.new"));
        write("catalog.db.new", "new");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theOldOneIsKeptWithAllThatLiesBesideIt() throws IOException {
        write("catalog.db", "old");
        write("catalog.db-wal", "log");
        assertThat(swap.run()).contains(kept);
        assertThat(catalog).hasContent("new");
        assertThat(kept).hasContent("old");
        assertThat(folder.resolve("catalog.db.before-rebuild-wal")).hasContent("log");
        assertThat(folder.resolve("catalog.db-wal")).doesNotExist();
        assertThat(folder.resolve("catalog.db.new")).doesNotExist();
    }

    @Test
    void whereThereWasNoneNothingIsKept() throws IOException {
        assertThat(swap.run()).isEmpty();
        assertThat(catalog).hasContent("new");
    }

    /// SQLite would take it for the new catalog's, and put its pages into it.
    @Test
    void aLogWithoutItsCatalogIsPutAsideToo() throws IOException {
        write("catalog.db-wal", "log");
        assertThat(swap.run()).isEqualTo(Optional.empty());
        assertThat(folder.resolve("catalog.db-wal")).doesNotExist();
        assertThat(folder.resolve("catalog.db.before-rebuild-wal")).hasContent("log");
    }

    @Test
    void whatWasKeptBeforeStays() throws IOException {
        write("catalog.db", "old");
        write("catalog.db.before-rebuild", "older");
        assertThat(swap.run()).contains(folder.resolve("catalog.db.before-rebuild-2"));
        assertThat(kept).hasContent("older");
        assertThat(folder.resolve("catalog.db.before-rebuild-2")).hasContent("old");
    }

    @Test
    void anAttemptThatWasBrokenOffLeavesNoSecondOne() throws IOException {
        write("catalog.db", "old");
        Files.createLink(kept, catalog);
        assertThat(swap.run()).contains(kept);
        assertThat(kept).hasContent("old");
        assertThat(catalog).hasContent("new");
        assertThat(folder.resolve("catalog.db.before-rebuild-2")).doesNotExist();
    }

    @Test
    void whatItLeftOfTheNewOneIsCleared() throws IOException {
        write("catalog.db.new-wal", "log");
        write("catalog.db.new-shm", "index");
        CatalogSwap.clear(folder.resolve("catalog.db.new"));
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
