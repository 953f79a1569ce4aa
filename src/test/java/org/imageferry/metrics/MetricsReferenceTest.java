package org.imageferry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.domain.Task;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds `docs/reference/metrics.md`, the alert rules and the dashboard to the metrics that there are.
final class MetricsReferenceTest {
    private static final Path REFERENCE = Path.of("docs/reference/metrics.md");
    private static final Path ALERTS = Path.of("docs/operations/alerts.yml");
    private static final Path DASHBOARD = Path.of("docs/operations/dashboard.json");
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `(\\w+)` \\| (gauge|counter|histogram) \\| ([^|]*)\\| (.+) \\|$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\w+) (.+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)\\{(.+)} \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    private final MetricsScene scene = new MetricsScene();
    private String page = "";

    /// Uses everything that is counted, so that everything is told.
    @BeforeEach
    void useEverything() throws StoreException {
        RegionStore store = scene.metrics().watched(HANGZHOU, new MemoryRegionStore());
        ObjectName name = new ObjectName("a/b");
        store.write(name, ByteBuffer.allocate(2));
        store.read(name, 0, ByteBuffer.allocate(1));
        try {
            store.length(new ObjectName("a/c"));
        } catch (StoreException _) {
            // counted
        }
        scene.metrics().called("CopyImage", "OK", 1);
        scene.metrics().askedS3(HANGZHOU, "put", "ok", 1);
        scene.metrics().triedWebhook("delivered");
        scene.watch();
        Task task = scene.scenes().start(scene.copy(), 0);
        scene.progress(task, 3, 2, 1);
        scene.scenes().end(task);
        page = scene.page();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /// A metric's type, labels and meaning.
    private record Told(String type, Set<String> labels, String meaning) {}

    @Test
    void everyMetricIsListedWithItsLabelsAndNoOther() throws IOException {
        Map<String, Told> listed = new TreeMap<>();
        ROW.matcher(Files.readString(REFERENCE))
                .results()
                .forEach(row ->
                        listed.put(
                                row.group(1),
                                new Told(row.group(2), words(row.group(3)), row.group(4))));
        assertThat(listed).isEqualTo(told());
    }

    private Map<String, Told> told() {
        Map<String, String> help =
                HELP.matcher(page)
                        .results()
                        .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        Map<String, Told> told = new TreeMap<>();
        for (MatchResult type : TYPE.matcher(page).results().toList()) {
            String name = type.group(1);
            told.put(
                    name,
                    new Told(type.group(2), labels(name), help.getOrDefault(name, "nothing")));
        }
        return told;
    }

    private Set<String> labels(String name) {
        Set<String> labels =
                SAMPLE.matcher(page)
                        .results()
                        .filter(sample ->
                                sample.group(1).replaceAll("_(bucket|sum|count)$", "").equals(name))
                        .flatMap(sample -> LABEL.matcher(sample.group(2)).results())
                        .map(label -> label.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        labels.remove("le");
        return labels;
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split("[`, ]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void rulesAndDashboardUseMetricsThatThereAre() throws IOException {
        Set<String> known = told().keySet();
        for (Path file : List.of(ALERTS, DASHBOARD)) {
            Set<String> used =
                    Pattern.compile("(?:imageferry|jvm|process)_\\w+")
                            .matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .map(name -> name.replaceAll("_(bucket|sum|count)$", ""))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(used).as(file.toString()).isNotEmpty().isSubsetOf(known);
        }
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        String guide = Files.readString(Path.of("docs/guide/operate.md"));
        assertThat(
                        Pattern.compile("- alert: (\\w+)")
                                .matcher(Files.readString(ALERTS))
                                .results()
                                .map(alert -> alert.group(1)))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(guide).contains("`" + alert + "`"));
    }

    /// Prometheus' own checks of names, units and rules.
    @Test
    void promtoolFindsNothing() throws Exception {
        assumeTrue(hasPromtool(), "SKIPPED: there is no promtool here (package prometheus)");
        Path file = Files.writeString(folder.resolve("metrics.txt"), page);
        assertThat(promtool(file, "check", "metrics")).isEmpty();
        assertThat(promtool(file, "check", "rules", ALERTS.toString())).contains("SUCCESS");
    }

    private static boolean hasPromtool() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool")));
    }

    /// @return what it says
    private String promtool(Path input, String... arguments)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(input.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
