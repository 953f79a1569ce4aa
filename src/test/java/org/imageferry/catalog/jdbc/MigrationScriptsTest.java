package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What migrations may do to tables that nodes of the version before work on: add, and nothing else. What
/// nobody needs any more goes two versions later, and is then named here.
class MigrationScriptsTest {
    private static final Path SCRIPTS = Path.of("src/main/resources/catalog");
    private static final Pattern FILE = Pattern.compile("V(\\d+)__\\w+\\.sql");

    /// There were no nodes before that.
    private static final int FIRST_WITH_NODES = 4;

    /// A function's body says how something is done once it is there.
    private static final Pattern BODIES = Pattern.compile("\\$\\$.*?\\$\\$", Pattern.DOTALL);

    private static final Pattern TRIGGERS =
            Pattern.compile("(?s)create trigger \\w+ [^;]*?\\sbegin\\s.*?;\\s*end;");
    private static final Pattern COMMENTS = Pattern.compile("--[^\n]*");

    private static final Pattern NEW_TABLE = Pattern.compile("create table (\\w+).*");
    private static final Pattern NEW_COLUMN =
            Pattern.compile("alter table (\\w+) add column \\w+ (.*)");
    private static final Pattern NEW_INDEX =
            Pattern.compile("create (unique )?index \\w+ on (\\w+).*");
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "create (function|trigger|sequence) .*|insert into \\w+ .*|select setval.*"
                            + "|pragma user_version = \\d+|update catalog_format set version = \\d+.*"
                            // what is filled in once in a column that is new
                            + "|update stored_object set suspect = 1 where .*");

    static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String database : List.of("sqlite", "postgresql")) {
            try (Stream<Path> files = Files.list(SCRIPTS.resolve(database))) {
                files.filter(file -> version(file) >= FIRST_WITH_NODES).forEach(scripts::add);
            }
        }
        return scripts;
    }

    private static int version(Path file) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        assertThat(name.matches()).as("%s", file).isTrue();
        return Integer.parseInt(name.group(1));
    }

    /// What it does that the version before could not bear.
    private static List<String> breaking(String script) {
        Set<String> made = new HashSet<>();
        List<String> breaking = new ArrayList<>();
        for (String statement : statements(script)) {
            if (!adds(statement, made)) {
                breaking.add(statement);
            }
        }
        return breaking;
    }

    private static List<String> statements(String script) {
        String bare = COMMENTS.matcher(script).replaceAll("");
        String bodiless = BODIES.matcher(bare).replaceAll("''");
        String plain = TRIGGERS.matcher(bodiless).replaceAll("");
        return Stream.of(plain.split(";", -1))
                .map(text -> text.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /// @param made the tables that the script itself has made: with those it may do what it likes
    private static boolean adds(String statement, Set<String> made) {
        Matcher table = NEW_TABLE.matcher(statement);
        if (table.matches()) {
            return made.add(table.group(1));
        }
        Matcher column = NEW_COLUMN.matcher(statement);
        if (column.matches()) {
            String type = column.group(2).replaceAll(" check .*", "");
            boolean optional = !type.contains("not null") || type.contains(" default ");
            return made.contains(column.group(1)) || (optional && !type.contains("unique"));
        }
        Matcher index = NEW_INDEX.matcher(statement);
        if (index.matches()) {
            return index.group(1) == null || made.contains(index.group(2));
        }
        return HARMLESS.matcher(statement).matches();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aMigrationOnlyAdds(Path script) throws IOException {
        assertThat(breaking(Files.readString(script))).isEmpty();
    }

    @Test
    void theLastScriptIsTheNewestVersion() throws IOException {
        assertThat(scripts().stream().mapToInt(MigrationScriptsTest::version).max())
                .hasValue(Migrations.NEWEST);
    }

    @Test
    void bothDatabasesHaveTheSameScripts() throws IOException {
        Map<String, Long> names =
                scripts().stream()
                        .collect(
                                Collectors.groupingBy(
                                        script -> String.valueOf(script.getFileName()),
                                        Collectors.counting()));
        assertThat(names.values()).containsOnly(2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table duty;",
                "alter table image drop column name;",
                "alter table image rename column name to title;",
                "alter table image rename to picture;",
                "alter table image alter column name set not null;",
                "alter table image add column next text not null;",
                "alter table image add column next text unique;",
                "alter table image add constraint short check (length(name) < 9);",
                "create unique index image_next on image (name);",
                "drop index image_name;",
                "delete from image;",
                "update image set name = 'x';",
                "-- a comment\ncreate table next (id text);\ndrop trigger claim_given_up on claim;",
            })
    void whatTheVersionBeforeCouldNotBearIsFound(String script) {
        assertThat(breaking(script)).hasSize(1);
    }
}
