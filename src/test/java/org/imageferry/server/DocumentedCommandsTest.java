package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Does what the documents say, command by command, with a real server and the real program.
class DocumentedCommandsTest {
    @TempDir Path folder;

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        pages.add(Path.of("README.md"));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Path> running = new ArrayList<>();
        for (Path page : pages) {
            if (DocumentPage.read(page).runsAnything()) {
                running.add(page);
            }
        }
        return running;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatThePageSaysWorks(Path path) throws Exception {
        DocumentPage page = DocumentPage.read(path);
        for (String program : List.of("mkfs.ext4", "curl", "openssl")) {
            assumeTrue(!page.has(program) || has(program), "this machine has no " + program);
        }
        try (DocumentSession session = DocumentSession.begin(folder)) {
            if (page.has("m-…") && !page.has("./imageferry import")) {
                session.givenAnImageAndItsCopy();
            }
            session.follow(page);
        }
    }

    private static boolean has(String program) {
        return Stream.of("/sbin", "/usr/sbin", "/usr/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void thePagesThatLeadAreAmongThem() throws IOException {
        assertThat(pages()).contains(Path.of("README.md"), Path.of("docs/start.md"));
    }

    @Test
    void aCommandMayGoOnInTheNextLineAndStandInAList() throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(
                page,
                """
                1. Do:

                   ```sh
                   one \\
                     two
                   three
                   ```

                <!-- not run: it is slow -->
                ```sh
                four
                ```
                """);

        assertThat(DocumentPage.read(page).blocks())
                .satisfiesExactly(
                        block -> assertThat(block.commands()).containsExactly("one two", "three"),
                        block -> assertThat(block.run()).isEqualTo(DocumentPage.Run.NOT));
    }
}
