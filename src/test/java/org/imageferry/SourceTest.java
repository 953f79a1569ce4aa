package org.imageferry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Keeps the sources to a size that one can read, and absence to what types can tell.
final class SourceTest {
    private static final List<Path> ROOTS =
            List.of(Path.of("src/main/java"), Path.of("src/test/java"));
    private static final int MOST_FILE_LINES = 400;

    /// A screen.
    private static final int MOST_METHOD_LINES = 60;

    @Test
    void noFileIsTooLongToRead() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_FILE_LINES) {
                tooLong.add(file + ": " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noMethodIsLongerThanAScreen() throws IOException {
        assertThat(methodsOver(MOST_METHOD_LINES)).isEmpty();
    }

    /// A package that is in both trees is marked in either.
    @Test
    void everyPackageIsNullMarked() throws IOException {
        Set<Path> unmarked = new TreeSet<>();
        for (Path file : sources()) {
            Path folder = file.getParent();
            Path home = ROOTS.stream().filter(file::startsWith).findFirst().orElseThrow();
            if (ROOTS.stream()
                    .noneMatch(root -> nullMarked(root.resolve(home.relativize(folder))))) {
                unmarked.add(folder);
            }
        }
        assertThat(unmarked).as("packages without @NullMarked in a package-info.java").isEmpty();
    }

    private static boolean nullMarked(Path folder) {
        Path info = folder.resolve("package-info.java");
        try {
            return Files.exists(info) && Files.readString(info).contains("\n@NullMarked\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertThat(sources).as("the folder that tests run in").isNotEmpty();
        return sources;
    }

    private static List<String> methodsOver(int lines) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask parser =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources()));
            LongMethods scan = new LongMethods(Trees.instance(parser).getSourcePositions(), lines);
            for (CompilationUnitTree unit : parser.parse()) {
                scan.scan(unit, unit);
            }
            return scan.found;
        }
    }

    private static final class LongMethods extends TreeScanner<Void, CompilationUnitTree> {
        private final List<String> found = new ArrayList<>();
        private final SourcePositions positions;
        private final int most;

        LongMethods(SourcePositions positions, int most) {
            this.positions = positions;
            this.most = most;
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            LineMap map = unit.getLineMap();
            long first = map.getLineNumber(positions.getStartPosition(unit, method));
            long last = map.getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > most) {
                String file = unit.getSourceFile().getName();
                found.add(
                        "%s:%d %s has %d lines"
                                .formatted(file, first, method.getName(), last - first + 1));
            }
            return super.visitMethod(method, unit);
        }
    }
}
