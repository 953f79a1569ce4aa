package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imageferry.ecs.EcsError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Holds `docs/reference/api.md` and `errors.md` to what is really served.
class ReferenceTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Za-z]+)` \\|");
    private static final Pattern TEST =
            Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([a-z][A-Za-z]+)`");
    private static final List<String> PACKAGES =
            List.of("org.imageferry.ecs.", "org.imageferry.ecs.action.");

    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("docs/reference", name));
    }

    @Test
    void everyListedActionIsServedAndEveryServedOneIsListed() throws IOException {
        List<String> listed =
                ROW.matcher(page("api.md")).results().map(row -> row.group(1)).toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(scene.actionNames());
    }

    @Test
    void everyErrorIsListedWithItsStatusAndWords() throws IOException, IllegalAccessException {
        String errors = page("errors.md") + page("buckets.md");
        for (Field field : errorFields()) {
            EcsError error = (EcsError) field.get(null);
            if (error.status() == 409 || error.status() == 416) {
                assertThat(errors).contains("| " + error.status() + " | `" + error.code() + "` |");
            } else {
                assertThat(errors)
                        .contains(
                                "| %d | `%s` | %s |"
                                        .formatted(error.status(), error.code(), error.message()));
            }
        }
    }

    /// The constants of all classes beside [EcsError] that are called `…Errors`.
    private static List<Field> errorFields() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/imageferry/ecs"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Errors.java"))
                    .flatMap(name -> fields("org.imageferry.ecs." + name.replace(".java", "")))
                    .filter(field -> field.getType() == EcsError.class)
                    .toList();
        }
    }

    private static Stream<Field> fields(String type) {
        try {
            return Arrays.stream(Class.forName(type).getFields());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no class " + type + " in the file of its name", e);
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        TEST.matcher(page("errors.md"))
                .results()
                .filter(match -> !exists(match.group(1), match.group(2)))
                .forEach(match -> missing.add(match.group()));
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String test, String method) {
        return PACKAGES.stream()
                .flatMap(name -> methods(name + test).stream())
                .anyMatch(found -> found.getName().equals(method));
    }

    private static List<Method> methods(String test) {
        try {
            return Arrays.asList(Class.forName(test).getDeclaredMethods());
        } catch (ClassNotFoundException _) {
            return List.of();
        }
    }
}
