package org.imageferry;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the code to the picture in `ARCHITECTURE.md`: all arrows point down, and each technology is
/// known in one place. A new arrow is a design decision: it changes that page and this table together.
final class ArchitectureTest {
    /// A package, and what of ours it may use. `store:Bucket` allows one class and what is nested in it.
    /// Adapters (`store.file`, `catalog.jdbc`, …) need no line: each may use its port and `domain`. A
    /// package below any other (`ecs.action`) is taken for a part of that one.
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    entry("", Set.of("cli", "server", "settings")),
                    entry("domain", Set.of()),
                    entry("store", Set.of("domain")),
                    entry("catalog", Set.of("domain")),
                    entry("kms", Set.of("domain")),
                    entry("format", Set.of()),
                    entry("blocks", Set.of("domain", "store", "kms", "format")),
                    entry("records", Set.of("domain", "catalog")),
                    entry("access", Set.of("domain", "catalog", "records", "kms")),
                    entry(
                            "copy",
                            Set.of(
                                    "domain", "blocks", "format", "catalog", "records", "store",
                                    "kms")),
                    entry("events", Set.of("domain", "catalog", "kms")),
                    entry("rebuild", Set.of("domain", "blocks", "catalog", "records", "store")),
                    entry("transfer", Set.of("domain", "blocks", "catalog", "copy", "store")),
                    entry("ecs", withBuckets("domain", "catalog", "access", "copy", "events")),
                    entry("console", Set.of("domain", "access", "ecs")),
                    entry("metrics", Set.of("domain", "catalog", "store", "copy")),
                    entry("ecs.client", Set.of()),
                    entry(
                            "settings",
                            Set.of(
                                    "domain",
                                    "copy",
                                    "catalog.jdbc:PostgresAddress",
                                    "store.s3:S3Place")),
                    entry("cli", Set.of("ecs.client")),
                    entry("server", Set.of("*")));

    private static final Set<String> PORTS = Set.of("store", "catalog", "kms");

    /// What others made, and who may know it.
    private static final Map<String, Set<String>> KNOWN_TO =
            Map.ofEntries(
                    entry("java.sql", Set.of("catalog.jdbc")),
                    entry("javax.sql", Set.of("catalog.jdbc")),
                    entry("org.sqlite", Set.of("catalog.jdbc")),
                    entry("org.postgresql", Set.of("catalog.jdbc")),
                    entry("com.zaxxer.hikari", Set.of("catalog.jdbc")),
                    entry("org.flywaydb", Set.of("catalog.jdbc")),
                    entry("org.eclipse.jetty", Set.of("ecs", "console", "server")),
                    entry("java.net.http", Set.of("cli", "ecs.client")),
                    entry("picocli", Set.of("", "cli")),
                    entry("com.github.luben.zstd", Set.of("blocks", "format")),
                    entry("org.tukaani.xz", Set.of("format")),
                    entry("org.snakeyaml.engine", Set.of("settings")),
                    entry("io.prometheus", Set.of("metrics")),
                    entry("software.amazon.awssdk", Set.of("store.s3")),
                    entry("org.apache.hc", Set.of()));

    /// Time and chance are arguments, so that a test can give its own. The command line has a clock to
    /// sign requests by, a stop watch, and may rest between two looks at a copy's progress.
    private static final Map<String, Set<String>> MADE_IN =
            Map.ofEntries(
                    entry("java.time.Instant.now", Set.of("server")),
                    entry("java.time.Clock.system", Set.of("", "server")),
                    entry("java.time.InstantSource.system", Set.of("server", "cli")),
                    entry("java.lang.System.currentTimeMillis", Set.of("server")),
                    entry("java.lang.System.nanoTime", Set.of("server", "cli")),
                    entry("java.lang.Thread.sleep", Set.of("server", "cli")),
                    entry("java.util.Random.<init>", Set.of("server")),
                    entry("java.security.SecureRandom.<init>", Set.of("", "server")),
                    entry("java.util.concurrent.ThreadLocalRandom.current", Set.of("server")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackages("org.imageferry");

    @Test
    void arrowsPointDown() {
        assertThat(found(ArchitectureTest::forbiddenArrows)).isEmpty();
    }

    @Test
    void everyPackageHasItsPlace() {
        Set<String> placed = new TreeSet<>();
        CLASSES.stream().map(ArchitectureTest::home).forEach(placed::add);
        placed.removeIf(home -> MAY_USE.containsKey(home) || isAdapter(home));
        assertThat(placed).as("packages that the table does not know").isEmpty();
    }

    @Test
    void eachTechnologyIsKnownInOnePlace() {
        assertThat(found(ArchitectureTest::leakedTechnologies)).isEmpty();
    }

    @Test
    void timeAndChanceAreMadeByTheServer() {
        assertThat(found(ArchitectureTest::ownTimeOrChance)).isEmpty();
    }

    private static List<String> found(Function<JavaClass, Stream<String>> look) {
        return CLASSES.stream().flatMap(look).distinct().sorted().toList();
    }

    private static Stream<String> forbiddenArrows(JavaClass from) {
        return from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(to -> to.getPackageName().startsWith("org.imageferry"))
                .filter(to -> !mayUse(home(from), to))
                .map(to -> from.getName() + " uses " + to.getName());
    }

    private static boolean mayUse(String home, JavaClass to) {
        String there = home(to);
        String name = to.getName().substring(to.getPackageName().length() + 1);
        String outermost = name.replaceFirst("\\$.*", "");
        Set<String> allowed = allowed(home);
        return home.equals(there)
                || allowed.contains("*")
                || allowed.contains(there)
                || allowed.contains(there + ":" + outermost);
    }

    private static Set<String> allowed(String home) {
        return isAdapter(home)
                ? Set.of("domain", topLevel(home))
                : MAY_USE.getOrDefault(home, Set.of());
    }

    private static boolean isAdapter(String home) {
        return PORTS.contains(topLevel(home)) && !PORTS.contains(home);
    }

    private static Stream<String> leakedTechnologies(JavaClass from) {
        return from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(to -> !knows(home(from), to.getPackageName()))
                .map(to -> from.getName() + " uses " + to.getName());
    }

    private static boolean knows(String home, String technology) {
        return KNOWN_TO.entrySet().stream()
                .filter(known -> (technology + ".").startsWith(known.getKey() + "."))
                .allMatch(known -> known.getValue().contains(home));
    }

    private static Stream<String> ownTimeOrChance(JavaClass from) {
        return from.getCodeUnitAccessesFromSelf().stream()
                .filter(access -> !mayMake(home(from), access.getTarget()))
                .map(access -> from.getName() + " calls " + access.getTarget().getFullName());
    }

    private static boolean mayMake(String home, CodeUnitAccessTarget called) {
        String name = called.getOwner().getName() + "." + called.getName();
        return MADE_IN.entrySet().stream()
                .filter(made -> name.startsWith(made.getKey()))
                .allMatch(made -> made.getValue().contains(home));
    }

    /// The package that the class is a part of, without our own beginning; empty for the program's root.
    private static String home(JavaClass of) {
        String full = of.getPackageName().replaceFirst("^org\\.imageferry\\.?", "");
        String home = full.replaceFirst("^(\\w+\\.\\w+)\\..*", "$1");
        return MAY_USE.containsKey(home) || isAdapter(home) ? home : topLevel(home);
    }

    private static String topLevel(String home) {
        return home.replaceFirst("\\..*", "");
    }

    private static Set<String> withBuckets(String... others) {
        Set<String> all = new TreeSet<>(Set.of(others));
        for (String one :
                List.of(
                        "Bucket",
                        "Buckets",
                        "BucketObject",
                        "Upload",
                        "Extent",
                        "StoreException")) {
            all.add("store:" + one);
        }
        return all;
    }
}
