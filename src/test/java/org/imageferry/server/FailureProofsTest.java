package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds `docs/reference/failures.md` to the code: what it says is said, the metrics are there, and the tests that it
/// names are.
class FailureProofsTest {
    private static final List<String> FAILURES =
            List.of(
                    "refused",
                    "slow",
                    "403",
                    "404",
                    "500",
                    "503",
                    "throttled",
                    "checksum mismatch",
                    "out of space",
                    "certificate");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!---|failure |kind )(.+) \\|$");
    private static final Pattern SAID = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern METRIC = Pattern.compile("`(imageferry_\\w+)`");
    private static final Pattern TEST =
            Pattern.compile("`([A-Z][A-Za-z0-9]+Test)\\.([a-z][A-Za-z0-9]+)`");

    /// A text that goes on in the next line of a source.
    private static final Pattern SEAM = Pattern.compile("\"\\s*\\+\\s*\"");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/reference/failures.md"));
    }

    private static List<String> rows(String text) {
        return ROW.matcher(text).results().map(row -> row.group(1)).toList();
    }

    private static String section(String title) throws IOException {
        String page = page();
        int start = page.indexOf("\n## " + title + "\n");
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    private static String sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
            StringBuilder all = new StringBuilder();
            for (Path file : java) {
                all.append(SEAM.matcher(Files.readString(file)).replaceAll(""));
            }
            return all.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"The database", "Buckets"})
    void eachFailureHasAMessageAndATest(String title) throws IOException {
        List<String> rows = rows(section(title));
        assertThat(rows.stream().map(row -> row.substring(0, row.indexOf(" | "))))
                .containsAll(FAILURES);
        assertThat(rows)
                .allMatch(row -> TEST.matcher(row).find())
                .filteredOn(row -> !row.startsWith("`"))
                .allMatch(row -> SAID.matcher(row).find());
    }

    @Test
    void whatItSaysIsSaid() throws IOException {
        String sources = sources(Path.of("src/main/java"));
        assertThat(SAID.matcher(page()).results().map(said -> said.group(1)))
                .hasSizeGreaterThan(20)
                .allMatch(sources::contains);
    }

    @Test
    void itsMetricsAreThere() throws IOException {
        String metrics = Files.readString(Path.of("docs/reference/metrics.md"));
        assertThat(METRIC.matcher(page()).results().map(metric -> metric.group(1)).distinct())
                .hasSizeGreaterThan(3)
                .allMatch(metric -> metrics.contains("| `" + metric + "` |"));
    }

    @Test
    void itsTestsAreThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (MatchResult test : TEST.matcher(page()).results().collect(Collectors.toList())) {
            if (!isThere(test.group(1), test.group(2))) {
                missing.add(test.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String test, String method) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(it -> it.endsWith(test + ".java")).toList()) {
                if (Files.readString(file).contains("void " + method + "(")) {
                    return true;
                }
            }
            return false;
        }
    }
}
