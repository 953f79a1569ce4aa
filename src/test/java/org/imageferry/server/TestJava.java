package org.imageferry.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The command by which tests start the program as a process of its own: the same classes, from a jar, and
/// with an archive of those that were loaded before (JEP 310, class data sharing), for most of the time in
/// which a short command runs is spent on loading them.
///
/// Jar and archive are made by the first test that asks, beside the classes, and again when these change. If
/// that does not succeed, the program starts without them, only later.
final class TestJava {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path FOLDER = Path.of("target/program");
    private static final long PATIENCE_SECONDS = 120;
    private static final int DEMO_BYTES = 8 << 20;

    /// What is compiled to the last is ten times as hot as usual: half of the time that a server needs to start
    /// goes into that, and most in tests do not live long enough to be faster for it. What is done with each
    /// byte is hot all the same.
    private static final List<String> COMPILE_LATE =
            List.of(
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000");

    private TestJava() {}

    /// @param options for Java
    static List<String> program(List<String> options) {
        List<String> command = new ArrayList<>(java(Made.OPTIONS));
        command.addAll(options);
        command.add("org.imageferry.Main");
        return command;
    }

    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(COMPILE_LATE);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        return command;
    }

    /// Once in a process.
    private static final class Made {
        static final List<String> OPTIONS = options();

        private static List<String> options() {
            try {
                return archived();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static List<String> archived() throws IOException, InterruptedException {
            Files.createDirectories(FOLDER);
            String version = version();
            Path jar = FOLDER.resolve(version + ".jar").toAbsolutePath();
            Path archive = FOLDER.resolve(version + ".jsa").toAbsolutePath();
            List<String> classPath = List.of("-cp", classPath(jar));
            try (FileChannel channel =
                            FileChannel.open(
                                    FOLDER.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.exists(jar)) {
                    pack(jar);
                    rehearse(classPath, archive);
                }
            }
            List<String> options = new ArrayList<>(classPath);
            if (Files.exists(archive)) {
                options.addFirst("-XX:SharedArchiveFile=" + archive);
                options.addFirst("-Xlog:disable"); // nor a word if it does not fit
                options.addFirst("-Xshare:auto");
            }
            return options;
        }

        /// Another one as soon as a class or a library is another.
        private static String version() throws IOException {
            long sum = System.getProperty("java.class.path").hashCode();
            try (Stream<Path> files = Files.walk(CLASSES)) {
                for (Path file : files.sorted().toList()) {
                    sum = 31 * sum + file.hashCode();
                    sum = 31 * sum + Files.getLastModifiedTime(file).toMillis();
                    sum = 31 * sum + Files.size(file);
                }
            }
            return Long.toHexString(sum);
        }

        /// As ours, without the tests.
        private static String classPath(Path jar) {
            Stream<String> libraries =
                    Stream.of(System.getProperty("java.class.path").split(":"))
                            .filter(entry -> entry.endsWith(".jar"));
            return String.join(":", Stream.concat(Stream.of(jar.toString()), libraries).toList());
        }

        private static void pack(Path jar) throws IOException {
            Path unfinished = Files.createTempFile(FOLDER, "program", ".jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished));
                    Stream<Path> files = Files.walk(CLASSES)) {
                for (Path file : files.skip(1).sorted().toList()) {
                    boolean folder = Files.isDirectory(file); // resources are looked for by folder
                    String name = CLASSES.relativize(file) + (folder ? "/" : "");
                    out.putNextEntry(new JarEntry(name));
                    if (!folder) {
                        Files.copy(file, out);
                    }
                    out.closeEntry();
                }
            }
            Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
        }

        /// The demo is server and client in one, and does what both do most.
        private static void rehearse(List<String> classPath, Path archive)
                throws IOException, InterruptedException {
            Path unfinished = FOLDER.resolve("unfinished.jsa").toAbsolutePath();
            Path disk = FOLDER.resolve("demo.raw").toAbsolutePath();
            RealServer.disk(disk, DEMO_BYTES);
            List<String> command =
                    new ArrayList<>(
                            java(
                                    List.of(
                                            "-Xlog:disable",
                                            "-XX:ArchiveClassesAtExit=" + unfinished)));
            command.addAll(classPath);
            command.addAll(List.of("org.imageferry.Main", "demo", disk.toString()));
            Process demo =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(FOLDER.resolve("demo.log").toFile())
                            .start();
            demo.getOutputStream().close();
            if (demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && Files.exists(unfinished)) {
                Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            }
            demo.destroyForcibly();
        }
    }
}
