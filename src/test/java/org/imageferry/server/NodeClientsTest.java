package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The vendor's clients for Node, unchanged, against the real server: what `src/test/node` tries, each
/// step a test. Without Node, or without npm's registry to install them from, they are left out, and
/// that is said.
class NodeClientsTest {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");
    private static final int DISK_BYTES = 48 << 20;
    private static final long INSTALL_MINUTES = 5;
    private static final long WALK_MINUTES = 5;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private static Path folder;

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(INSTALLED);
        boolean current = sameLock();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Path copy = INSTALLED.resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!current) {
            npm("ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
    }

    /// npm leaves a lock of what it has installed, last of all.
    private static boolean sameLock() throws IOException {
        Path installed = INSTALLED.resolve("node_modules/.package-lock.json");
        Path lock = INSTALLED.resolve("package-lock.json");
        return Files.exists(installed)
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
    }

    private static void npm(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        Optional<String> trouble;
        try {
            Process npm = start(command, "install.log");
            boolean ended = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
            npm.destroyForcibly();
            trouble =
                    ended && npm.exitValue() == 0
                            ? Optional.empty()
                            : Optional.of(Files.readString(INSTALLED.resolve("install.log")));
        } catch (IOException e) {
            trouble = Optional.of("there is no npm here: " + e.getMessage());
        }
        trouble.ifPresent(NodeClientsTest::leaveOut);
    }

    private static void leaveOut(String why) {
        String notice = "LEFT OUT: the tests with the vendor's Node clients: " + why.strip();
        System.out.println(notice);
        Assumptions.abort(notice);
    }

    private static Process start(List<String> command, String log) throws IOException {
        return new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(INSTALLED.resolve(log).toFile())
                .start();
    }

    @TestFactory
    Stream<DynamicTest> aClientForNode() throws Exception {
        try (VendorScene scene = new VendorScene(folder, DISK_BYTES)) {
            Process node =
                    start(
                            List.of(
                                    "node",
                                    "conformance.js",
                                    JSON.writeValueAsString(scene(scene))),
                            "walk.log");
            boolean ended = node.waitFor(WALK_MINUTES, TimeUnit.MINUTES);
            node.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(INSTALLED.resolve("walk.log"));
            assertThat(ended && node.exitValue() == 0).as("the walk: %s", lines).isTrue();
            return lines.stream().map(JSON::readTree).map(NodeClientsTest::test);
        }
    }

    /// As `conformance.js` reads it.
    private static Map<String, Object> scene(VendorScene scene) {
        return Map.of(
                "endpoint", scene.server().process().endpoint(),
                "key", scene.key(),
                "user", scene.user(),
                "busy", scene.busy(),
                "bucket", RealServer.BUCKET,
                "object", RealServer.OBJECT,
                "account", scene.others(),
                "broken", VendorScene.BROKEN);
    }

    private static DynamicTest test(JsonNode step) {
        return DynamicTest.dynamicTest(
                step.path("name").asString(),
                () ->
                        assertThat(step.path("failure").asString())
                                .as(step.path("name").asString())
                                .isEmpty());
    }
}
