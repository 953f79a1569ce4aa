package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the last column of `docs/reference/errors.md` to what it says: that a test provokes the row.
class ErrorProofsTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\d{3} \\| `([^`]+)` \\|.*\\| (.+) \\|$");
    private static final Pattern TEST =
            Pattern.compile("`([A-Z][A-Za-z0-9]+Test)\\.([a-z][A-Za-z0-9]+)`");

    /// A member of a class: the formatter leaves a line between any two that matter.
    private static final Pattern BETWEEN_MEMBERS = Pattern.compile("\n\n(?= {4}\\S)");

    private static final Pattern NAME = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)(?= ?[(=])");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/reference/errors.md"));
    }

    private static List<MatchResult> rows(String text) {
        return ROW.matcher(text).results().toList();
    }

    private static String section(String title) throws IOException {
        String page = page();
        int start = page.indexOf("\n## " + title + "\n");
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    /// What the two pages list is provoked here, or there is a reason why it can't be.
    @Test
    void eachRowOfBothPagesNamesATestOrAReason() throws IOException {
        List<MatchResult> both = new ArrayList<>(rows(section("CopyImage")));
        both.addAll(rows(section("CancelCopyImage")));
        assertThat(both).hasSizeGreaterThan(30);
        assertThat(both)
                .extracting(row -> row.group(1) + ": " + row.group(2))
                .allMatch(row ->
                        TEST.matcher(row).find() || row.matches("(?s)[^:]+: (never|not sent): .+"));
    }

    @Test
    void aTestThatIsNamedReceivesTheCode() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (MatchResult row : rows(page())) {
            TEST.matcher(row.group(2))
                    .results()
                    .filter(test -> !receives(test.group(1), test.group(2), row.group(1)))
                    .forEach(test -> wrong.add(row.group(1) + " in " + test.group()));
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean receives(String test, String method, String code) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(test + ".java"))
                    .anyMatch(file -> receives(file, method, code));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the method, or a member of its class that it names, has the code in its text.
    private static boolean receives(Path file, String method, String code) {
        List<String> members = members(file);
        return members.stream()
                .filter(member -> member.contains("void " + method + "("))
                .flatMap(member ->
                        Stream.concat(
                                Stream.of(member),
                                members.stream().filter(other -> names(member, other))))
                .anyMatch(text -> whole(code).matcher(text).find());
    }

    private static Pattern whole(String code) {
        return Pattern.compile("(?<![A-Za-z.])" + Pattern.quote(code) + "(?![A-Za-z]|\\.[A-Za-z])");
    }

    private static List<String> members(Path file) {
        try {
            return List.of(BETWEEN_MEMBERS.split(Files.readString(file), -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean names(String member, String other) {
        return NAME.matcher(other)
                .results()
                .limit(1)
                .anyMatch(name ->
                        Pattern.compile("\\b" + name.group(1) + "\\b").matcher(member).find());
    }
}
