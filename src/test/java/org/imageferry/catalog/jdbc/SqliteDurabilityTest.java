package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process in the middle of its commits.
class SqliteDurabilityTest {
    private static final int KILLS = 3;
    private static final int COMMITS_BEFORE_KILL = 200;

    @TempDir Path folder;

    @Test
    void whatWasAcknowledgedSurvivesAKillAndNothingIsHalfDone() throws Exception {
        Path file = folder.resolve("catalog.db");
        for (int i = 0; i < KILLS; i++) {
            long acknowledged = commitAndKill(file);
            try (Catalog catalog = SqliteCatalog.open(file, new TestClock(), new Random())) {
                assertThat(accounts(catalog)).isGreaterThanOrEqualTo(acknowledged);
                assertThat(accounts(catalog)).isEqualTo(tickets(catalog));
                assertThat(integrity(catalog)).isEqualTo("ok");
            }
        }
    }

    /// Numbers go up without a gap, so each below one that was kept was kept too.
    ///
    /// @return the highest number that the process printed whole
    private static long commitAndKill(Path file) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CommitsUntilKilled.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = process.inputReader()) {
            long last = 0;
            for (int i = 0; i < COMMITS_BEFORE_KILL; i++) {
                last = Math.max(last, number(lines));
            }
            process.destroyForcibly();
            return last;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// The next line that is a number: logs may come in between.
    private static long number(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches("[0-9]+")) {
                return Long.parseLong(line);
            }
        }
        throw new AssertionError("the process ended by itself");
    }

    private static long accounts(Catalog catalog) {
        return catalog.<Integer>read(tables -> tables.accounts().all().size());
    }

    private static long tickets(Catalog catalog) {
        return catalog.read(tables ->
                ((JdbcTables) tables)
                        .sql()
                        .number(
                                "select ticket from region where id = ?",
                                CommitsUntilKilled.REGION));
    }

    private static String integrity(Catalog catalog) {
        return catalog.read(tables ->
                ((JdbcTables) tables)
                        .sql()
                        .list("pragma integrity_check", row -> row.getString(1))
                        .getFirst());
    }
}
