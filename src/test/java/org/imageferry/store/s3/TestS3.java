package org.imageferry.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real S3 server: the one that `IMAGEFERRY_TEST_S3` names, with the keys in
/// `IMAGEFERRY_TEST_S3_KEY` and `IMAGEFERRY_TEST_S3_SECRET`; else s3proxy, started once as a process of
/// its own. Where that can't be had the tests are left out, and that is said.
public final class TestS3 {
    private static final Path HOME = Path.of("target/s3proxy");
    private static final Path POM = Path.of("src/test/s3proxy/pom.xml");
    private static final Path LOGGING = Path.of("src/test/s3proxy/logback.xml");
    private static final long RESOLVE_MINUTES = 5;
    private static final long START_NANOS = Duration.ofSeconds(60).toNanos();

    private static Optional<TestS3> shared = Optional.empty();

    private final URI endpoint;
    private final S3Login.Keys keys;

    private TestS3(URI endpoint, S3Login.Keys keys) {
        this.endpoint = endpoint;
        this.keys = keys;
    }

    public static synchronized TestS3 get() {
        if (shared.isEmpty()) {
            shared = Optional.of(named().orElseGet(TestS3::started));
        }
        return shared.get();
    }

    public URI endpoint() {
        return endpoint;
    }

    public S3Login.Keys keys() {
        return keys;
    }

    private static Optional<TestS3> named() {
        return Optional.ofNullable(System.getenv("IMAGEFERRY_TEST_S3"))
                .map(endpoint ->
                        new TestS3(
                                URI.create(endpoint),
                                new S3Login.Keys(
                                        variable("IMAGEFERRY_TEST_S3_KEY"),
                                        variable("IMAGEFERRY_TEST_S3_SECRET"))));
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new IllegalStateException("set " + name));
    }

    private static TestS3 started() {
        try {
            Files.createDirectories(HOME);
            String classes;
            try (FileChannel lock =
                            FileChannel.open(
                                    HOME.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = lock.lock()) { // others may be putting it together now
                classes = classPath();
            }
            URI endpoint = URI.create("http://127.0.0.1:" + freePort());
            start(endpoint, classes);
            return new TestS3(endpoint, new S3Login.Keys("test", "testsecret"));
        } catch (IOException e) {
            throw leaveOut(e.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the S3 server started", e);
        }
    }

    private static String classPath() throws IOException, InterruptedException {
        Path list = HOME.resolve("classpath").toAbsolutePath();
        Path log = HOME.resolve("resolve.log");
        if (!Files.exists(list)
                || Files.getLastModifiedTime(list).compareTo(Files.getLastModifiedTime(POM)) < 0) {
            Process maven =
                    new ProcessBuilder(
                                    System.getProperty("imageferry.maven", "mvn"),
                                    "-q",
                                    "-B",
                                    "-f",
                                    POM.toString(),
                                    "dependency:build-classpath",
                                    "-Dmdep.includeScope=runtime",
                                    "-Dmdep.outputFile=" + list)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            boolean ended = maven.waitFor(RESOLVE_MINUTES, TimeUnit.MINUTES);
            maven.destroyForcibly();
            if (!ended || maven.exitValue() != 0) {
                throw leaveOut(Files.readString(log));
            }
        }
        return Files.readString(list).strip();
    }

    private static RuntimeException leaveOut(String why) {
        String notice = "LEFT OUT: the tests with a real S3 server: " + why.strip();
        System.out.println(notice);
        return Assumptions.abort(notice);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /// The shell ends the server when we are gone, whatever we died of: its input ends then.
    private static void start(URI endpoint, String classes)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory(HOME, "data");
        Path settings =
                Files.writeString(
                        data.resolveSibling(data.getFileName() + ".properties"),
                        """
                        s3proxy.endpoint=%s
                        s3proxy.authorization=aws-v2-or-v4
                        s3proxy.identity=test
                        s3proxy.credential=testsecret
                        jclouds.provider=filesystem-nio2
                        jclouds.filesystem.basedir=%s
                        """
                                .formatted(endpoint, data.toAbsolutePath()),
                        UTF_8);
        List<String> command =
                new ArrayList<>(
                        List.of("sh", "-c", "\"$@\" </dev/null & cat >/dev/null; kill $!", "sh"));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + LOGGING.toAbsolutePath(),
                        "-cp",
                        classes,
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString()));
        Path log = HOME.resolve("server.log");
        Process server =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        long end = System.nanoTime() + START_NANOS;
        while (!answers(endpoint)) {
            if (System.nanoTime() > end || server.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw leaveOut("it did not start: " + Files.readString(log));
            }
        }
    }

    private static boolean answers(URI endpoint) {
        try {
            HttpURLConnection asked = (HttpURLConnection) endpoint.toURL().openConnection();
            return asked.getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
