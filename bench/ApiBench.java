import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.Credentials;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.Endpoint;

/// Times calls of eight clients to a server whose region has 100,000 images, and prints a table in
/// Markdown. `bench/api.sh` runs it.
///
/// DescribeImages is asked in six ways, first with nothing else to do, then while disks are copied one
/// after the other. Each time the clients first call at a steady pace, and a call's time is counted from
/// when it was due, so that no wait is hidden; then each sends its next call when it has the last one's
/// answer, which tells how many calls there can be when all share two cores. At last each
/// CopyImage is of another source: it is answered once it is durable, and the copies run meanwhile.
final class ApiBench {
    static final int IMAGES = 100_000;
    private static final int CLIENTS = 8;
    private static final Duration PACE = Duration.ofMillis(20); // of one client
    private static final Duration UNPACED = Duration.ZERO;
    private static final int COPIED_REGIONS = 60;
    private static final int PAGE = 10;
    private static final int COPIED_MIB = 1024;
    private static final String SOURCE = "bench-source";
    private static final String DESTINATION = "bench-destination";

    private final Path launcher;
    private final Path work;
    private final Path data;
    private final Duration time;

    private ApiBench(Path launcher, Path work, Duration time) {
        this.launcher = launcher;
        this.work = work;
        this.data = work.resolve("data");
        this.time = time;
    }

    /// @param arguments launcher, an empty folder to work in, seconds for each line, and maybe a disk
    ///     image to be copied meanwhile
    static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        Duration time = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        ApiBench bench = new ApiBench(Path.of(arguments[0]), work, time);
        Files.writeString(work.resolve("bench.yaml"), configuration());
        Path copied =
                arguments.length > 3
                        ? Path.of(arguments[3])
                        : disk(work.resolve("copied.raw"), COPIED_MIB);
        Path small = disk(work.resolve("small.raw"), 8);
        String disk;
        try (Server server = bench.serve()) {
            disk = bench.importImage(server, copied);
            fill(bench.data, bench.importImage(server, small), server);
        }
        try (Server server = bench.serve()) {
            bench.run(server, disk);
        }
    }

    /// The server must have let go of the folder before.
    private static void fill(Path data, String image, Server server)
            throws Exception {
        server.close();
        long start = System.nanoTime();
        ApiFill.fill(data, image, IMAGES);
        System.err.printf(
                Locale.ROOT, "%d images in %.1f s%n", IMAGES, (System.nanoTime() - start) / 1e9);
    }

    private static String configuration() {
        StringBuilder yaml = new StringBuilder("regions:\n");
        for (String region : List.of(SOURCE, DESTINATION)) {
            yaml.append("  - id: ").append(region).append('\n');
        }
        for (int i = 0; i < COPIED_REGIONS; i++) {
            yaml.append("  - id: ").append(copiedRegion(i)).append('\n');
        }
        return yaml.toString();
    }

    private static String copiedRegion(int number) {
        return "bench-copied-" + number;
    }

    /// A disk image that is hard to store: half of its pages can't be compressed, none repeats.
    private static Path disk(Path file, int mebibytes) throws IOException {
        Random random = new Random(mebibytes);
        byte[] bytes = new byte[1 << 20];
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(bytes);
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] &= (j >> 12 & 1) == 0 ? (byte) 0xff : (byte) 0x0f;
                }
                out.write(ByteBuffer.wrap(bytes));
            }
        }
        return file;
    }

    /// A running server and the key to it.
    private record Server(Process process, String endpoint, Credentials key)
            implements AutoCloseable {
        EcsClient client() {
            return new EcsClient(
                    Endpoint.parse(endpoint),
                    key,
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                    Clock.systemUTC(),
                    () -> UUID.randomUUID().toString(),
                    ApiBench::pause);
        }

        double cpuSeconds() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    private Server serve() throws IOException {
        Process process =
                new ProcessBuilder(
                                launcher.toString(), "serve", "--config",
                                work.resolve("bench.yaml").toString(), "--data", data.toString(),
                                "--listen", "127.0.0.1:0")
                        .redirectError(work.resolve("server.log").toFile())
                        .start();
        BufferedReader lines = process.inputReader();
        String ready = lines.readLine();
        if (ready == null) {
            throw new IOException(Files.readString(work.resolve("server.log")));
        }
        List<String> key = Files.readAllLines(data.resolve("credentials"));
        return new Server(
                process,
                ready.substring(ready.indexOf("http")),
                new Credentials(key.get(0).split("=", 2)[1], key.get(1).split("=", 2)[1]));
    }

    private String importImage(Server server, Path file) throws Exception {
        Path out = work.resolve("import.json");
        Process command =
                new ProcessBuilder(
                                launcher.toString(), "import", file.toString(), "--region", SOURCE,
                                "--name", file.getFileName().toString(), "--endpoint",
                                server.endpoint(), "--data", data.toString(), "-o", "json")
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (command.waitFor() != 0) {
            throw new IllegalStateException("the import failed");
        }
        String json = Files.readString(out);
        int at = json.indexOf("\"m-") + 1;
        return json.substring(at, json.indexOf('"', at));
    }

    /// One way to ask, by a number that each call has for itself.
    private record Way(String label, IntFunction<Call> call) {}

    private static List<Way> ways() {
        return List.of(
                new Way("by id", i -> images().with("ImageId", ApiFill.id(spread(i)))),
                new Way("by name", i -> images().with("ImageName", ApiFill.name(spread(i)))),
                new Way("first page", _ -> images()),
                new Way("last page", _ -> images().with("PageNumber", IMAGES / PAGE)),
                new Way(
                        "by tag of 100",
                        i ->
                                images().with("Tag.1.Key", "role")
                                        .with("Tag.1.Value", ApiFill.role(spread(i), IMAGES))),
                new Way(
                        "by tag of 50,000",
                        _ ->
                                images().with("Tag.1.Key", "stage")
                                        .with("Tag.1.Value", "production")));
    }

    private static Call images() {
        return Call.ecs("DescribeImages").with("RegionId", SOURCE).with("PageSize", PAGE);
    }

    /// Neighbours in time are no neighbours in the table.
    private static int spread(int i) {
        return (int) (i * 2_654_435_761L % IMAGES);
    }

    private void run(Server server, String disk) throws Exception {
        System.out.println("| call | while | requests/s | p50 | p99 | max | server CPU a call |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|");
        for (Way way : ways()) {
            measure(server, way, UNPACED, time); // as warm as a server is that has run for a while
        }
        describe(server, "idle");
        Thread copier = Thread.ofPlatform().daemon().start(() -> copy(server.client(), disk));
        measure(server, ways().getFirst(), PACE, time); // until copying is as warm as that
        describe(server, "copying");
        copier.interrupt();
        copier.join();
        AtomicInteger next = new AtomicInteger();
        Way copies = new Way("", _ -> copyImage(next.getAndIncrement()));
        measure(server, copies, UNPACED, time);
        print(
                "CopyImage of distinct sources",
                "copying them",
                measure(server, copies, UNPACED, time));
    }

    private void describe(Server server, String beside) throws Exception {
        for (Duration pace : List.of(PACE, UNPACED)) {
            String how = pace.isZero() ? ", all that go" : ", paced";
            for (Way way : ways()) {
                print(
                        "DescribeImages " + way.label(),
                        beside + how,
                        measure(server, way, pace, time));
            }
        }
    }

    private static Call copyImage(int source) {
        return Call.ecs("CopyImage")
                .with("RegionId", SOURCE)
                .with("ImageId", ApiFill.id(source))
                .with("DestinationRegionId", DESTINATION)
                .with("DestinationImageName", "copy-of-" + ApiFill.name(source));
    }

    /// Copies the disk into one region after the other: each has to bring all bytes.
    private static void copy(EcsClient client, String disk) {
        try {
            for (int i = 0; i < COPIED_REGIONS; i++) {
                String region = copiedRegion(i);
                String copy =
                        client.call(
                                        Call.ecs("CopyImage")
                                                .with("RegionId", SOURCE)
                                                .with("ImageId", disk)
                                                .with("DestinationRegionId", region))
                                .path("ImageId")
                                .asString();
                while (client.call(
                                        Call.ecs("DescribeImages")
                                                .with("RegionId", region)
                                                .with("ImageId", copy))
                                .path("TotalCount")
                                .asInt()
                        == 0) {
                    pause(Duration.ofMillis(50));
                }
            }
            System.err.println("ApiBench: all regions have their copy; the rest ran beside none");
        } catch (Stopped _) {
            // all is measured
        } catch (Exception e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("the copy beside the calls failed", e);
            }
        }
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new Stopped();
        }
    }

    /// @param cpuSeconds that the server took meanwhile, for whatever
    /// @param nanos of all calls, in order of length
    private record Measured(double seconds, double cpuSeconds, long[] nanos) {
        double millis(double share) {
            return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
        }
    }

    /// @param pace from one call of a client to its next; zero for as soon as it is answered
    private static Measured measure(Server server, Way way, Duration pace, Duration time)
            throws Exception {
        System.gc(); // else a collection of the clients' own garbage would be in the calls' times
        double cpu = server.cpuSeconds();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<long[]> all = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<long[]>> loops = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                loops.add(() -> call(server, way, first, pace.toNanos(), end));
            }
            for (Future<long[]> done : clients.invokeAll(loops)) {
                all.add(done.get());
            }
        }
        long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Measured(
                (System.nanoTime() - start) / 1e9, server.cpuSeconds() - cpu, nanos);
    }

    private static long[] call(Server server, Way way, int first, long pace, long end)
            throws IOException {
        long[] nanos = new long[1 << 20];
        int count = 0;
        long begin = System.nanoTime() + pace * first / CLIENTS; // not all at once
        try (LoadClient client = new LoadClient(server.endpoint(), server.key())) {
            for (int i = first; System.nanoTime() < end; i += CLIENTS) {
                long due = begin + pace * count;
                while (pace > 0 && System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                LoadClient.Timed answer = client.call(way.call().apply(i));
                if (answer.status() != 200) {
                    throw new IllegalStateException(way.label() + ": " + answer.body());
                }
                if (answer.body().contains("\"TotalCount\":0")) {
                    throw new IllegalStateException(way.label() + " found nothing");
                }
                nanos[count++] = pace > 0 ? System.nanoTime() - due : answer.nanos();
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    private static void print(String call, String beside, Measured measured) {
        System.out.printf(
                Locale.ROOT, "| %s | %s | %.0f | %.1f ms | %.1f ms | %.0f ms | %.0f us |%n",
                call, beside, measured.nanos().length / measured.seconds(),
                measured.millis(0.5), measured.millis(0.99), measured.millis(1),
                measured.cpuSeconds() * 1e6 / measured.nanos().length);
    }
}
